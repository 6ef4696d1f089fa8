"""Finding passages, with a fake encoder and a guide of two pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.embedding import Corpus
from advisor.retrieval import Hit, Passage, Retriever
from tests.advisor.fakes import FakeEncoder


def guide(id: str, text: str, *asks: str) -> Passage:
    return Passage(id, "guide", id, "Guide", "", "", text, asks)


def program(owner: str, field: str, text: str) -> Passage:
    return Passage(f"{owner}.{field}.0", "program", owner, owner.title(), field, field, text)


PASSAGES = (
    guide("loans", "Loans must be paid back.", "should I borrow money"),
    program("oak", "labs", "Robot Lab: walking robots"),
    guide("thesis", "A thesis takes two terms of research.", "how long does a thesis take", "thesis or not"),
    program("elm", "labs", "Poetry Lab: verse made by machines"),
    program("elm", "curriculum", "robots in the first year"),
)


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    return Retriever(PASSAGES, Corpus.open(tmp_path, Retriever.texts(PASSAGES), FakeEncoder()))


def ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_a_guide_question_finds_its_passage_first(retriever: Retriever) -> None:
    assert ids(retriever.guide("how long does the thesis take"))[0] == "thesis"
    assert ids(retriever.guide("should I borrow money"))[0] == "loans"


def test_an_example_question_leads_to_a_passage_that_shares_no_word_with_it(retriever: Retriever) -> None:
    (hit,) = retriever.guide("should I borrow money", k=1)

    assert hit.semantic > 0.4
    assert hit.lexical == pytest.approx(1.0)


def test_nothing_is_found_where_nothing_is_near(retriever: Retriever) -> None:
    assert retriever.guide("xylophone zebra quartz") == []
    assert retriever.guide("") == []


def test_hits_are_the_best_k_in_order_and_their_scores_lie_between_0_and_1(retriever: Retriever) -> None:
    hits = retriever.programs("robots", k=2, floor=0.0)

    assert len(hits) == 2
    assert 1 >= hits[0].score >= hits[1].score >= 0
    assert all(0 <= part <= 1 for hit in hits for part in (hit.semantic, hit.lexical))


def test_one_program_or_one_of_its_fields_can_be_searched(retriever: Retriever) -> None:
    assert ids(retriever.program("elm", "robots", floor=0.0))[0] == "elm.curriculum.0"
    assert ids(retriever.program("elm", "robots", field="labs", floor=0.0)) == ["elm.labs.0"]
    assert retriever.program("ash", "robots", floor=0.0) == []


def test_guide_and_programs_are_kept_apart(retriever: Retriever) -> None:
    assert {hit.passage.kind for hit in retriever.guide("robots", k=9, floor=0.0)} == {"guide"}
    assert {hit.passage.kind for hit in retriever.programs("thesis", k=9, floor=0.0)} == {"program"}


def test_a_query_is_never_a_reason_to_fail(retriever: Retriever) -> None:
    for text in ("\x00", "\ud800", "?" * 5000, "🎓", "' OR 1=1 --"):
        retriever.guide(text)
        retriever.programs(text)


def test_knowledge_without_guide_or_programs_finds_nothing(tmp_path: Path) -> None:
    retriever = Retriever((), Corpus.open(tmp_path, Retriever.texts(()), FakeEncoder()))

    assert retriever.guide("thesis") == retriever.programs("robots") == []
