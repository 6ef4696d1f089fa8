"""The one place that builds: settings → knowledge, slots, encoder, index → Advisor."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from knowledge import Knowledge, Table, load

from advisor.actions.tools import Tools, charge, fact_of
from advisor.advisor import Advisor
from advisor.dialogue.acts import Fact
from advisor.dialogue.slots import slots_for
from advisor.embedding import Corpus, Encoder, Encodes, Progress
from advisor.nlu import Understander
from advisor.nlu.intents import Intent, Intents, read_intents
from advisor.nlu.nouns import Nouns
from advisor.recommendation import Ranker, read_criteria
from advisor.retrieval import PROGRAM_FLOOR, Retriever, passages_of
from advisor.settings import Settings

ENDING = " .!"
"""How a sentence may end without meaning anything else."""
ASKED_AGAIN = 512
"""Texts whose scores are kept: several interpreters ask for those of the same clause."""


def load_advisor(
    settings: Settings | None = None, progress: Progress | None = None, *, encoder: Encodes | None = None
) -> Advisor:
    """The advisor of these settings. Builds the index when there is none, or none that can be trusted.

    `progress(done, total)` is called while the index is built. Raises KnowledgeError for a bad pack,
    EncoderError when the model is not there. `encoder` replaces the model (fast tests).
    """
    settings = settings or Settings()
    knowledge = load(settings.pack)
    return build(knowledge, settings, encoder or Encoder(settings.model), progress)


def build(knowledge: Knowledge, settings: Settings, encoder: Encodes, progress: Progress | None = None) -> Advisor:
    """An advisor of a knowledge that is loaded already."""
    table = Table(knowledge)
    slots = slots_for(knowledge, settings.pack)
    nouns = Nouns(knowledge)
    intents = read_intents(settings.pack / "examples")
    passages = passages_of(knowledge)
    groups = {
        **Retriever.texts(passages),
        "intents": tuple(e for i in intents for e in i.examples),
        "topics": tuple(a for t in knowledge.topics for a in t.asks),
    }
    topics = [t.id for t in knowledge.topics for _ in t.asks]
    corpus = Corpus.open(settings.cache, groups, encoder, progress)
    retriever = Retriever(passages, corpus)

    def meant(text: str) -> str:
        return nouns.own(text).rstrip(ENDING)

    asked = Intent("guide", "a question that the guide answers", examples=groups["asks"])

    def nearest(text: str) -> np.ndarray:
        return np.concatenate([corpus.scores("intents", text.rstrip(ENDING)), corpus.scores("asks", meant(text))])

    @lru_cache(maxsize=ASKED_AGAIN)
    def guide(text: str) -> tuple[float, str]:
        hits = retriever.guide(meant(text), k=1, floor=0.0)
        return (hits[0].score, hits[0].passage.owner) if hits else (0.0, "")

    @lru_cache(maxsize=ASKED_AGAIN)
    def topic(text: str) -> tuple[float, str]:
        if not topics:
            return 0.0, ""
        scores = corpus.scores("topics", meant(text))
        best = int(scores.argmax())
        return float(scores[best]), topics[best]

    @lru_cache(maxsize=ASKED_AGAIN)
    def within(program: str, text: str) -> float:
        text = meant(text)
        hits = retriever.program(program, text, k=1, floor=0.0) if program else retriever.programs(text, k=1, floor=0.0)
        return hits[0].score if hits else 0.0

    def fact(program: str, field: str) -> Fact | None:
        claim = knowledge.program(program).claim(field) if field in knowledge.fields else None
        return None if claim is None else fact_of(claim, knowledge)

    def interest(text: str) -> Mapping[str, tuple[float, str]]:
        best: dict[str, tuple[float, str]] = {}
        for hit in retriever.programs(nouns.own(text), k=60, floor=PROGRAM_FLOOR):
            best.setdefault(hit.passage.owner, (hit.score, hit.passage.text))
        return best

    def charged(program: str, residency: str) -> Fact | None:
        return charge(program, residency, knowledge)

    ranker = Ranker(knowledge, table, slots, read_criteria(), fact, charged, interest)
    tools = Tools(knowledge, table, retriever, ranker, slots, settings.office, settings.contact)
    heard = nouns.heard(knowledge)
    wishes = slots_for(heard, settings.pack)
    by_example = Intents((*intents, asked), nearest)
    understander = Understander(heard, wishes, by_example, guide, topic, within)
    return Advisor(knowledge, table, slots, understander, ranker, tools)
