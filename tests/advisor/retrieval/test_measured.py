"""How good retrieval is on the shipped pack with the real model; sets the figures in its docstring."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from knowledge import load

from advisor.embedding import Corpus, Encoder
from advisor.retrieval import GUIDE_FLOOR, PROGRAM_FLOOR, Hit, Retriever, passages_of
from advisor.settings import SHIPPED

pytestmark = pytest.mark.slow

QUESTIONS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("questions.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    passages = passages_of(load(SHIPPED))
    folder = tmp_path_factory.mktemp("index")
    return Retriever(passages, Corpus.open(folder, Retriever.texts(passages), Encoder()))


def answers(hit: Hit, question: dict[str, Any]) -> bool:
    """Whether a hit is one of the answers, which name passages, programs or fields of programs."""
    names = {hit.passage.id, hit.passage.owner, f"{hit.passage.owner}.{hit.passage.field}"}
    return not names.isdisjoint(question["answers"])


def ranks(retriever: Retriever) -> list[int]:
    """For each guide question, the place of the first passage that answers it, from 1."""
    found = []
    for question in QUESTIONS["guide"]:
        hits = retriever.guide(question["text"], k=len(retriever.passages), floor=0.0)
        found.append(next((at for at, hit in enumerate(hits, 1) if answers(hit, question)), 10_000))
    return found


def silent(hits: list[list[Hit]]) -> float:
    return sum(not found for found in hits) / len(hits)


def test_questions_name_passages_that_exist_and_are_no_examples_of_the_guide(retriever: Retriever) -> None:
    ids = {passage.id for passage in retriever.passages}
    asks = {ask.lower() for passage in retriever.passages for ask in passage.asks}

    assert [a for q in QUESTIONS["guide"] for a in q["answers"] if a not in ids] == []
    assert [q["text"] for q in QUESTIONS["guide"] if q["text"].lower() in asks] == []


def test_the_guide_is_found(retriever: Retriever) -> None:
    places = ranks(retriever)
    recall = {k: sum(place <= k for place in places) / len(places) for k in (1, 3)}
    mrr = sum(1 / place for place in places) / len(places)
    print(f"\nguide: recall@1 {recall[1]:.3f} recall@3 {recall[3]:.3f} MRR {mrr:.3f}")

    assert recall[1] >= 0.78
    assert recall[3] >= 0.90
    assert mrr >= 0.85


def test_the_floor_of_the_guide_lets_answers_through_and_leaves_the_rest_out(retriever: Retriever) -> None:
    firsts = [(retriever.guide(question["text"], k=1), question) for question in QUESTIONS["guide"]]
    right = sum(bool(hits) and answers(hits[0], question) for hits, question in firsts) / len(firsts)
    off = silent([retriever.guide(q["text"]) for q in QUESTIONS["nothing"] if "near" not in q])
    near = silent([retriever.guide(q["text"]) for q in QUESTIONS["nothing"] if "near" in q])
    print(f"\nguide, floor {GUIDE_FLOOR}: right {right:.2f} off-topic {off:.2f} unanswered {near:.2f}")

    assert right >= 0.72
    assert off >= 0.88
    assert near >= 0.66


def test_programs_are_found_by_what_they_are_about(retriever: Retriever) -> None:
    firsts = [(retriever.programs(question["text"], k=1), question) for question in QUESTIONS["programs"]]
    right = sum(bool(hits) and answers(hits[0], question) for hits, question in firsts) / len(firsts)
    off = silent([retriever.programs(q["text"]) for q in QUESTIONS["no_program"]])
    print(f"\nprograms, floor {PROGRAM_FLOOR}: right {right:.2f} off-topic {off:.2f}")

    assert right >= 0.70
    assert off >= 0.90
