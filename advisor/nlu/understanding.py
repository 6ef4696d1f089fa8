"""One message → its clauses → a reading of each → user acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from knowledge import Knowledge

from advisor.dialogue.acts import (
    AskGuide,
    AskWhy,
    Inform,
    NoPreference,
    OutOfScope,
    Recommend,
    Restart,
    Social,
    Unclear,
    Unconverted,
    Undo,
    UserAct,
    Widen,
)
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState
from advisor.nlu import values
from advisor.nlu.clauses import split
from advisor.nlu.cues import cues, phrases_of
from advisor.nlu.entities import Entity, Names, is_listed
from advisor.nlu.intents import Intents
from advisor.nlu.interpreters import INTERPRETERS, OF_THE_WHOLE, SOCIAL, Context, Guide, Within, asks_guide
from advisor.nlu.normalise import normalise
from advisor.nlu.pay import is_pay
from advisor.nlu.phrases import Phrases, Span, Spelling, Token, tokenise
from advisor.nlu.questions import SET, Order, QuestionReader
from advisor.nlu.reading import Reading
from advisor.nlu.references import refer
from advisor.nlu.settling import Part, settle
from advisor.nlu.values import Amount
from advisor.nlu.whereabouts import Whereabouts, WhereaboutsReader
from advisor.nlu.wishes import PLACE_KINDS, Wished, WishReader

NO_FIELD = (
    "after graduation", "upon graduation", "before graduation", "post graduation", "after i graduate",
    "after graduating", "time of year", "this time", "next time", "at the time", "first time", "every time",
)  # fmt: skip
"""Phrases in which a field's word does not ask for the field."""
INVERTED = re.compile(
    r"(?<!if )(?<!that )\b(?:is|are|does|do|can|should|would|will) "
    r"(?:a|an|the|it|they|you|there|people|masters?|most|many)\b"
)
"""A question inside a clause that begins otherwise: "for a research job is a master's a must"."""
FOREIGN = frozenset(("cgpa", "INR", "EUR", "GBP", "CAD", "AUD", "CNY", "JPY", "CHF", "SGD"))
"""Currencies and scales that are understood and not converted."""
PLURAL_ACRONYM = re.compile(r"\b([A-Z]{2,5})s\b")
"""BUs, UWs: an acronym with a lower-case s, which small letters would hide."""
OF_ALL = re.compile(r"\b(?:of|all|among|from) (?:the|these|those|your)? ?$|\bthe $")
"""Before a number that is the number of all programs."""
_SCOPE = phrases_of(("wide", "ranked_only"))
SHORT = dict(pair.split("=") for pair in cues()["short_forms"])
SHORT_FORMS = re.compile(r"\b(?:" + "|".join(map(re.escape, SHORT)) + r")\b", re.IGNORECASE)
SURELY = re.compile(r"\s*(?:remote|online|sure|certain|funded|committed|virtual|from home|public|free)\b")
PER_YEAR = re.compile(r"\b(?:grand|k|\d{4,6}|thousand|dollars|bucks|usd)\b.{0,14}\bfor $")
YEAR = 12
PAYING = frozenset(("pay", "paid"))
PAYERS = frozenset(
    (
        "i",
        "we",
        "my",
        "me",
        "id",
        "parent",
        "dad",
        "mom",
        "family",
        "sponsor",
        "employer",
        "to",
        "resident",
        "student",
        "you",
    )
)

"""Who pays for studies: after these, "pay" is of a price."""
AFTER_VALUE = frozenset((*SET, "or", "and", "one", "right", "is", "in", "then", "though", "lol", "vs"))
"""What may follow "public" where it is the kind of school and not the first half of "public policy"."""
TIES = frozenset(
    ("tie", "partner", "partnership", "work", "works", "collaborate", "connection", "link", "hire", "with")
)
"""The words before a name that is both a school's and a partner's which speak for the partner."""
PLACE_LEAD = frozenset(("in", "near", "around", "anywhere", "outside", "within", "by", "across"))
"""The words before a name that is both a town's and a school's which speak for the town."""

SIMPLE: dict[str, Callable[[str], UserAct]] = {
    **{kind: partial(Social, kind=kind) for kind in SOCIAL},
    "no_preference": NoPreference,
    "restart": Restart,
    "undo": Undo,
    "recommend": Recommend,
    "more": partial(Recommend, more=True),
    "why": AskWhy,
    "why_not": partial(AskWhy, negative=True),
    "out_of_scope": OutOfScope,
}
"""Intent → the act of a message that is nothing but a cue."""


@dataclass(frozen=True)
class Understanding:
    """The acts of a message, and for `explain` the reading and the interpreter behind each clause."""

    acts: tuple[UserAct, ...]
    readings: tuple[Part, ...] = ()


class Understander:
    """Understands messages by the knowledge's names, the fields' and slots' words, and example utterances.

    `guide` gives, for a text, the score of the best-matching guide passage and its section; `topic` the
    same for the topics that the knowledge does not hold; `within` the score of the best passage of a
    program (of any, for an empty id).
    """

    def __init__(
        self,
        knowledge: Knowledge,
        slots: Mapping[str, Slot],
        intents: Intents,
        guide: Guide,
        topic: Guide,
        within: Within,
    ) -> None:
        self._knowledge = knowledge
        self._intents = intents
        self._guide = guide
        self._topic = topic
        self._within = within
        self._names = Names(knowledge)
        self._wishes = WishReader(slots, knowledge)
        self._questions = QuestionReader(knowledge)
        self._topics: Phrases[str] = Phrases((w, t.id) for t in knowledge.topics for w in t.words)
        self._fields: Phrases[str] = Phrases()
        for field in knowledge.fields.values():
            for phrase in (*field.words, *field.asks):
                self._fields.add(phrase, field.name)
        self._values: Phrases[tuple[str, str]] = Phrases(
            (said, (f.name, value))
            for f in knowledge.fields.values()
            for value, phrases in f.values.items()
            for said in phrases
        )
        self._parts: Phrases[str] = Phrases(
            (name, part.id) for part in knowledge.parts.values() for name in (part.title, *part.names)
        )
        self._of_one: Phrases[str] = Phrases((w, f.name) for f in knowledge.fields.values() for w in f.of_one)
        self._by_part = {f.name for f in knowledge.fields.values() if f.by_part}
        self._whereabouts = WhereaboutsReader(knowledge)
        for phrase in NO_FIELD:
            self._fields.add(phrase, "")
        known = (
            self._names.vocabulary()
            | self._wishes.vocabulary()
            | self._questions.vocabulary()
            | self._topics.vocabulary()
            | self._whereabouts.vocabulary()
        )
        self._spelling = Spelling(known, self._names.school_words, self._names.joinable)
        self._slots = slots
        self._price = knowledge.pack.price

    def understand(self, text: str, state: DialogueState) -> Understanding:
        """The user acts of a message, in the order of its questions; never empty."""
        utterance = normalise(_spelled_out(PLURAL_ACRONYM.sub(r"\1", text)))
        whole = self.read(utterance.text, True, state)
        cue = self._cue(whole)
        if cue is not None:
            return Understanding((cue,), (Part(whole, "cue", (cue,)),))
        for interpreter in OF_THE_WHOLE:
            found = interpreter(whole, self._context(state, (), ()))
            if found is not None:
                part = Part(whole, interpreter.__name__, tuple(replace(a, text=a.text or text) for a in found))
                return Understanding((*_lives_too([part], part.acts), *part.acts), (part,))
        parts: list[Part] = []
        before: tuple[str, ...] = ()
        clauses = self._clauses(utterance.text, whole, state)
        choosing = len(clauses) > 1 and any(self._chooses(c) for c in clauses)
        for reading in clauses:
            acts_so_far = tuple(a for part in parts for a in part.acts)
            context = replace(self._context(state, before, acts_so_far), choosing=choosing)
            parts.append(_interpret(reading, context))
            before = reading.programs or reading.referred or before
        if self._told_in_several(whole, parts, state):
            parts = [Part(whole, "told_in_several", (AskGuide(whole.text),))]
        acts = (*settle(parts), *_unconverted(whole))
        if (scope := _scope(whole)) is not None and self._knowledge.beyond:
            acts = (scope, *(a for a in acts if not isinstance(a, OutOfScope | Unclear | AskGuide | NoPreference)))
        return Understanding((*_lives_too(parts, acts), *acts), tuple(parts))

    def _told_in_several(self, whole: Reading, parts: Sequence[Part], state: DialogueState) -> bool:
        """ "I start at Amazon in July. What do they cover?": a guide question that no clause of it is by itself."""
        nothing = all(isinstance(a, OutOfScope | Unclear) for part in parts for a in part.acts)
        injected = any(part.interpreter == "injected" for part in parts)
        return len(parts) > 1 and nothing and not injected and asks_guide(whole, self._context(state, (), ()))

    def _chooses(self, reading: Reading) -> bool:
        """Whether a clause asks for schools to choose from and says nothing else: "what fits", "suggestions?"."""
        asks = (
            "recommend" in self._intents.contained(reading.tokens) or self._intents.cue(reading.tokens) == "recommend"
        )
        return asks and len(reading.residue()) <= 1 and len(reading.tokens) <= 6 and not reading.programs

    def _clauses(self, text: str, whole: Reading, state: DialogueState) -> list[Reading]:
        """A reading of each clause of a message."""
        clauses = split(text)
        if not clauses:
            return [whole]
        money = _of_money(whole, state)
        named = bool(whole.programs)
        read = [self.read(c.text, c.question, state, money=money, named=named) for c in clauses]
        # "Who earns the most, statistics": a field of study after a comma is of the question before it.
        return [r if r.parts or not whole.parts else replace(r, parts=whole.parts) for r in read]

    def _context(self, state: DialogueState, before: tuple[str, ...], acts: tuple[UserAct, ...]) -> Context:
        return Context(
            knowledge=self._knowledge,
            slots=self._slots,
            state=state,
            guide=self._guide,
            topic=self._topic,
            within=self._within,
            intents=self._intents,
            filters=self._questions.filters,
            superlative=self._superlative,
            before=before,
            acts=acts,
        )

    def read(
        self, text: str, question: bool, state: DialogueState, *, money: bool = False, named: bool = False
    ) -> Reading:
        """All that stands in a clause. Public for `explain` and for tests.

        `money`: a bare number in it is an amount of money. `named`: the message names a program somewhere.
        """
        tokens = self._spelling.correct(tokenise(text))
        amounts = tuple(a for a in values.read(text) if not self._counts_all(a, text) and not _emphasises(a, text))
        names = tuple(
            n for s in self._names.find(tokens) if not _stands_in_money(n := _resolve(s, tokens), tokens, amounts)
        )
        limits = tuple(a for a in amounts if not is_pay(a, text))
        where = self._whereabouts.read(text, tokens, names, amounts)
        if state.pending is not None and state.pending.slot == "residency":
            told = self._whereabouts.answer(tokens, names)
            where = replace(where, names=(), wishes=(told,)) if told is not None else where
        referred = refer(tokens, state)
        of_one = bool(referred or state.focus or named) or any(e.kind == "program" for n in names for e in n.values)
        field_spans, topic_spans = self._asked(tokens, names, of_one)
        valued = [
            v
            for s in self._values.find(tokens)
            for v in s.values
            if not any(n.overlaps(s) for n in names) and self._is_value(s, tokens, v)
        ]
        fields = tuple(dict.fromkeys((*(v for f in field_spans for v in f.values), *(f for f, _ in valued))))
        if where.sides and self._price:
            fields = tuple(f for f in fields if f != self._price.home)  # "in state" asks for no state
        if where.sides and of_one and self._price and not {self._price.asked, *self._price.other} & set(fields):
            fields = (*fields, self._price.asked)
        parts = self._parts.find(tokens)
        return Reading(
            text=text,
            tokens=tokens,
            question=question or bool(INVERTED.search(text)),
            names=where.names,
            amounts=amounts,
            wished=_with(where, self._wishes.read(text, tokens, where.names, limits, state, money=money)),
            fields=fields,
            field_spans=field_spans,
            topics=tuple(dict.fromkeys(v for t in topic_spans for v in t.values)),
            topic_spans=topic_spans,
            table=self._questions.read(text, tokens, where.names, limits),
            referred=referred,
            part=valued[0][1] if len({v for _, v in valued}) == 1 else "",
            parts=tuple(dict.fromkeys(v for s in parts for v in s.values)),
            part_spans=tuple(parts) if any(f in self._by_part for f in fields) else (),
            where=where,
        )

    def _asked(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], of_one: bool
    ) -> tuple[tuple[Span[str], ...], tuple[Span[str], ...]]:
        """The words of fields and those of topics. Where they overlap, the longer; a field before a topic.

        The words of a name are of no field, and those of a school's name of no topic. `of_one`: a program is
        named or talked about, so that words count which ask for a field of one program only.
        """
        topics = self._topics.find(tokens)
        schools = [n for n in names if any(e.kind in {"program", "school"} for e in n.values)]
        sure = [f for f in self._of_one.find(tokens) if self._is_of_one(f, tokens)] if of_one else []
        sure = [f for f in sure if not any(n.covers(f) for n in schools)]
        sure = [f for f in sure if not any(o is not f and o.covers(f) and len(o) > len(f) for o in sure)]
        fields = [
            f
            for f in self._fields.find(tokens)
            if f.values != ("",)
            and not any(n.covers(f) for n in (schools if self._by_part & set(f.values) else names))
            and not any(t.covers(f) and len(t) > len(f) for t in topics)
        ]
        topics = [
            t
            for t in topics
            if not any(f.covers(t) and len(f) >= len(t) for f in fields)
            and not any(f.overlaps(t) for f in sure)
            and not any(s.covers(t) for s in schools)
        ]
        fields = [*fields, *sure]
        return tuple(fields), tuple(topics)

    def _counts_all(self, amount: Amount, text: str) -> bool:
        """ "Which of the 25": the number of all programs, and no amount of money."""
        whole = amount.most == amount.least == len(self._knowledge.programs)
        return whole and bool(OF_ALL.search(text[: amount.start].lower()))

    def _is_of_one(self, span: Span[str], tokens: Sequence[Token]) -> bool:
        """Whether "pay" is what graduates are paid, and not what the student pays."""
        paying = len(span) == 1 and tokens[span.first].norm in PAYING
        if paying and span.last < len(tokens) and tokens[span.last].norm == "for":
            return False
        return not paying or not any(t.norm in PAYERS for t in tokens[max(0, span.first - 3) : span.first])

    def _superlative(self, tokens: Sequence[Token]) -> tuple[str, Order] | None:
        found = self._questions.superlative(tokens)
        return None if found is None else (found.field.name, found.order)

    def _is_value(self, span: Span[tuple[str, str]], tokens: Sequence[Token], value: tuple[str, str]) -> bool:
        """Whether "public" is the kind of school and not the first half of "public policy"."""
        if self._knowledge.fields[value[0]].type != "choice" or span.last >= len(tokens):
            return True
        return tokens[span.last].norm in AFTER_VALUE

    def _cue(self, whole: Reading) -> UserAct | None:
        """The act of a message that is nothing but a cue ("hi", "no preference", "go back")."""
        intent = self._intents.cue(whole.tokens) or ""
        if intent == "no_preference" and whole.wished.indifferent:
            return NoPreference(whole.text, whole.wished.indifferent[0])  # "anywhere", whatever was asked
        act = SIMPLE.get(intent)
        return act(whole.text) if act else None


def _spelled_out(text: str) -> str:
    """The text with the short forms of a chat written out: "ppl" are people."""
    return SHORT_FORMS.sub(lambda m: SHORT[m[0].lower()], text)


def _emphasises(amount: Amount, text: str) -> bool:
    """ "100% remote" is no rate, and "12 grand for one year" no length."""
    if amount.kind == "percent" and amount.most == amount.least == 100:
        return bool(SURELY.match(text[amount.end :].lower()))
    if amount.kind == "months" and amount.most == amount.least == YEAR:
        return bool(PER_YEAR.search(text[: amount.start].lower()))
    return False


def _with(where: Whereabouts, wished: Wished) -> Wished:
    """The wishes of a clause with those of its whereabouts."""
    told = {w.slot for w in where.wishes}
    if not told:
        return wished
    kept = tuple(w for w in wished.wishes if w.slot not in told)
    near = any(w.slot == "near" for w in where.wishes)
    covered = wished.covered | where.covered
    return replace(wished, wishes=(*kept, *where.wishes), covered=covered, sure=wished.sure or near)


def _scope(whole: Reading) -> UserAct | None:
    """Whether the message widens the search ("anywhere, not just the ranking") or keeps it to the ranked."""
    found = {v for s in _SCOPE.find(whole.tokens, overlapping=True) for v in s.values}
    return Widen(whole.text, "wide" in found) if found else None


def _lives_too(parts: Sequence[Part], acts: Sequence[UserAct]) -> tuple[UserAct, ...]:
    """Where the student lives, told beside a question: it belongs to the profile all the same."""
    if all(isinstance(a, OutOfScope | Unclear | Restart) for a in acts):
        return ()
    sure = [p.reading for p in parts if not (p.reading.where and p.reading.where.supposed)]
    told = [w for reading in sure for w in reading.wished.wishes if w.slot == "residency"]
    known = any(isinstance(a, Inform) and any(w.slot == "residency" for w in a.wishes) for a in acts)
    return (Inform(told[-1].said, wishes=(told[-1],), wants_list=False),) if told and not known else ()


def _interpret(reading: Reading, context: Context) -> Part:
    """A clause with the first interpreter that makes something of it, and what it made."""
    for interpreter in INTERPRETERS:
        acts = interpreter(reading, context)
        if acts is not None:
            said = tuple(a if a.text else replace(a, text=reading.text) for a in acts)
            return Part(reading, interpreter.__name__, said)
    return Part(reading, "nothing", (Unclear(reading.text),))


def _stands_in_money(name: Span[Entity], tokens: Sequence[Token], amounts: Sequence[Amount]) -> bool:
    """ "50,000 USD" is money and not the University of San Diego."""
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    return any(a.kind == "money" and a.start <= start and end <= a.end for a in amounts)


def _resolve(span: Span[Entity], tokens: Sequence[Token]) -> Span[Entity]:
    """The readings of a name, those first that its neighbours speak for: "in Syracuse" is the town."""
    kinds = {e.kind for e in span.values}
    if "school" in kinds and any(is_listed(e) for e in span.values):
        # "WPI" is a partner in a record and a school outside it: what the knowledge holds comes first.
        return replace(span, values=tuple(e for e in span.values if e.kind != "school"))
    if "program" in kinds and any(is_listed(e) for e in span.values):
        tied = any(t.norm in TIES for t in tokens[: span.first])
        return replace(span, values=tuple(e for e in span.values if is_listed(e) == tied) or span.values)
    if {"program", "school"} <= kinds:
        span = replace(span, values=tuple(e for e in span.values if e.kind != "school"))
    if not kinds & {"program", "school"} or not kinds & PLACE_KINDS:
        return span
    lead = tokens[span.first - 1].norm if span.first else ""
    as_place = lead in PLACE_LEAD
    ordered = sorted(span.values, key=lambda e: (e.kind in PLACE_KINDS) != as_place)
    kept = [e for e in ordered if (e.kind in PLACE_KINDS) == as_place]
    return replace(span, values=tuple(kept or ordered))


def _unconverted(whole: Reading) -> tuple[UserAct, ...]:
    """The amounts of a message that are understood and not converted, once a kind: rupees, a CGPA out of ten."""
    kinds = {a.currency if a.kind == "money" else a.kind: a.text for a in whole.amounts}
    return tuple(Unconverted(said, kind, said) for kind, said in kinds.items() if kind in FOREIGN)


def _of_money(whole: Reading, state: DialogueState) -> bool:
    """Whether a bare number in this message is about money: money was asked for, or is being talked of."""
    pending = state.pending is not None and state.pending.slot in {"tuition", "total_cost"}
    talked = "tuition" in whole.fields or any(a.kind == "money" for a in whole.amounts)
    lately = state.last in {"inform", "recommend"} and (
        "tuition" in state.profile or (state.what_if is not None and "tuition" in state.what_if)
    )
    advising = state.last == "recommend" and any(a.kind == "number" and a.bound != "exact" for a in whole.amounts)
    once_asked = {"tuition", "total_cost"} & set(state.asked)
    advising = advising or bool(once_asked and any(a.kind == "number" and (a.most or 0) >= 1000 for a in whole.amounts))
    return pending or talked or lately or advising
