"""All that was found in one clause, before it is decided what the clause does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from advisor.nlu.cues import cues
from advisor.nlu.entities import Entity, is_listed
from advisor.nlu.phrases import Span, Token, key
from advisor.nlu.questions import TableReading
from advisor.nlu.values import Amount
from advisor.nlu.whereabouts import Whereabouts
from advisor.nlu.wishes import PLACE_KINDS, Wished

STOP = frozenset(key(" ".join(cues()["stop"])))
"""Words that say nothing of what is asked for."""

DOMAIN = frozenset(key(" ".join(cues()["studying"])))
"""Words of studying: they show that a text is about programs, without saying which."""


SUBJECT = frozenset(
    {("machine", "learning"), ("data", "science"), ("computer", "science"), ("artificial", "intelligence")}
)
"""Subjects in two words: "machine" alone may brew espresso."""
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?|first|second|third|fourth|sixth|seventh|eighth|ninth|tenth")


@dataclass(frozen=True)
class Reading:
    """What stands in a clause.

    `fields` are those named or asked for, in order; `topics` those that the knowledge is known not to
    hold; `referred` the programs that its pronouns and ordinals point at; `part` the one value of a field
    that is asked about ("part-time" of the format).
    """

    text: str
    tokens: tuple[Token, ...]
    question: bool
    names: tuple[Span[Entity], ...]
    amounts: tuple[Amount, ...]
    wished: Wished
    fields: tuple[str, ...]
    field_spans: tuple[Span[str], ...]
    topics: tuple[str, ...]
    topic_spans: tuple[Span[str], ...]
    table: TableReading | None
    referred: tuple[str, ...]
    part: str = ""
    parts: tuple[str, ...] = ()
    part_spans: tuple[Span[str], ...] = ()
    where: Whereabouts | None = None

    def of_kind(self, *kinds: str) -> tuple[str, ...]:
        """The ids of the entities of these kinds, in order; of a name with several readings the first."""
        found = []
        for span in self.names:
            for entity in span.values:
                if entity.kind in kinds:
                    found.append(entity.id)
                    break
        return tuple(dict.fromkeys(found))

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs named."""
        return self.of_kind("program")

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools named that the knowledge does not hold."""
        return self.of_kind("school")

    @property
    def places(self) -> tuple[str, ...]:
        """The places named."""
        return self.of_kind(*PLACE_KINDS)

    @property
    def listed(self) -> tuple[str, ...]:
        """The companies, labs, people, roles, degrees and accreditations named."""
        return tuple(dict.fromkeys(e.id for s in self.names for e in s.values[:1] if is_listed(e)))

    @property
    def starts(self) -> tuple[str, ...]:
        """The first three words."""
        return tuple(t.norm for t in self.tokens[:3])

    def covered(self) -> set[int]:
        """The tokens that names, fields, topics, wishes and amounts account for."""
        spans: Sequence[Span] = (*self.names, *self.field_spans, *self.topic_spans, *self.part_spans)
        out = {i for s in spans for i in range(s.first, s.last)} | set(self.wished.covered)
        for amount in self.amounts:
            out |= {i for i, t in enumerate(self.tokens) if t.start < amount.end and amount.start < t.end}
        if self.table:
            out |= self.table.covered
        if self.where:
            out |= self.where.covered
        return out

    def residue(self) -> tuple[str, ...]:
        """The words that nothing accounts for and that are not mere function words or words of studying."""
        covered = self.covered()
        words = [t.norm for t in self.tokens]
        subject = {j for i, pair in enumerate(pairwise(words)) if pair in SUBJECT for j in (i, i + 1)}
        return tuple(
            t.norm
            for i, t in enumerate(self.tokens)
            if i not in covered
            and i not in subject
            and t.norm not in STOP
            and t.norm not in DOMAIN
            and len(t.norm) > 1
            and not ORDINAL.fullmatch(t.norm)
        )

    def about(self) -> str:
        """What is asked, without the names of schools: for a search within them."""
        named = {
            i
            for s in self.names
            if any(e.kind in {"program", "school"} for e in s.values)
            for i in range(s.first, s.last)
        }
        return " ".join(t.text for i, t in enumerate(self.tokens) if i not in named)

    def on_studying(self) -> bool:
        """Whether a word of the clause shows that it is about programs or studying. A topic's does not:
        the weather is asked about for many reasons."""
        words = [t.norm for t in self.tokens]
        subject = any(pair in SUBJECT for pair in pairwise(words))
        return subject or any(w in DOMAIN for w in words) or bool(self.programs or self.schools)
