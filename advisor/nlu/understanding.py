"""One message → its clauses → a reading of each → user acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import Knowledge

from advisor.dialogue.acts import (
    AskGuide,
    AskOtherSchool,
    AskTable,
    AskTopic,
    Compare,
    Inform,
    NoPreference,
    OutOfScope,
    Recommend,
    RequestFacts,
    Social,
    Unclear,
    UserAct,
)
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState
from advisor.nlu import values
from advisor.nlu.clauses import split
from advisor.nlu.entities import Entity, Names, is_listed
from advisor.nlu.intents import Intents
from advisor.nlu.interpreting import INTERPRETERS, Context, Guide
from advisor.nlu.normalise import normalise
from advisor.nlu.phrases import Phrases, Span, Spelling, Token, tokenise
from advisor.nlu.questions import SET, Order, QuestionReader
from advisor.nlu.reading import Reading
from advisor.nlu.references import refer
from advisor.nlu.wishes import PLACE_KINDS, WishReader

NO_FIELD = (
    "after graduation",
    "upon graduation",
    "before graduation",
    "post graduation",
    "after i graduate",
    "after graduating",
    "time of year",
    "this time",
    "next time",
    "at the time",
    "first time",
    "every time",
)
"""Phrases in which a field's word does not ask for the field."""
INVERTED = re.compile(
    r"(?<!if )(?<!that )\b(?:is|are|does|do|can|should|would|will) "
    r"(?:a|an|the|it|they|you|there|people|masters?|most|many)\b"
)
"""A question inside a clause that begins otherwise: "for a research job is a master's a must"."""
PLURAL_ACRONYM = re.compile(r"\b([A-Z]{2,5})s\b")
"""BUs, UWs: an acronym with a lower-case s, which small letters would hide."""
PLACE_LEAD = frozenset({"in", "near", "around", "from", "to", "anywhere", "outside", "within", "at", "by", "across"})


@dataclass(frozen=True)
class Understanding:
    """The acts of a message, and for `explain` the reading and the interpreter behind each clause."""

    acts: tuple[UserAct, ...]
    readings: tuple[tuple[Reading, str, tuple[UserAct, ...]], ...] = ()


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
        within: Callable[[str, str], float],
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
        for phrase in NO_FIELD:
            self._fields.add(phrase, "")
        known = (
            self._names.vocabulary()
            | self._wishes.vocabulary()
            | self._questions.vocabulary()
            | self._topics.vocabulary()
        )
        self._spelling = Spelling(known, self._names.school_words, self._names.joinable)
        self._slots = slots

    def understand(self, text: str, state: DialogueState) -> Understanding:
        """The user acts of a message, in the order of its questions; never empty."""
        utterance = normalise(PLURAL_ACRONYM.sub(r"\1", text))
        whole = self.read(utterance.text, True, state)
        social = self._whole_cue(whole, state)
        if social:
            return Understanding(social, ((whole, "cue", social),))
        parts: list[tuple[Reading, str, tuple[UserAct, ...]]] = []
        before: tuple[str, ...] = ()
        clauses = split(utterance.text)
        readings = [self.read(c.text, c.question, state) for c in clauses] or [whole]
        money = _of_money(whole, state)
        for reading in readings:
            if money:
                reading = self.read(reading.text, reading.question, state, money=True)
            context = Context(
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
                whole=whole,
                alone=len(readings) == 1,
                acts=tuple(a for _, _, acts in parts for a in acts),
            )
            name, acts = _interpret(reading, context)
            parts.append((reading, name, acts))
            before = reading.programs or before
        return Understanding(_settle([p[2] for p in parts], readings, state), tuple(parts))

    def read(self, text: str, question: bool, state: DialogueState, *, money: bool = False) -> Reading:
        """All that stands in a clause. Public for `explain` and for tests."""
        raw = tokenise(text)
        tokens = self._spelling.correct(raw)
        names = tuple(_resolve(s, tokens) for s in self._names.find(tokens))
        amounts = tuple(values.read(text))
        # "50,000 USD" is money and not the University of San Diego.
        names = tuple(
            n
            for n in names
            if not any(
                a.start <= tokens[n.first].start and tokens[n.last - 1].end <= a.end
                for a in amounts
                if a.kind == "money"
            )
        )
        topic_spans = self._topics.find(tokens)
        schools = [n for n in names if any(e.kind in {"program", "school"} for e in n.values)]
        found_fields = [
            f
            for f in self._fields.find(tokens)
            if f.values != ("",)
            and not any(n.covers(f) for n in names)
            and not any(t.covers(f) and len(t) > len(f) for t in topic_spans)
        ]
        topic_spans = [
            t
            for t in topic_spans
            if not any(f.covers(t) and len(f) >= len(t) for f in found_fields) and not any(s.covers(t) for s in schools)
        ]
        wished = self._wishes.read(text, tokens, names, amounts, state, money=money)
        fields = tuple(dict.fromkeys(v for f in found_fields for v in f.values))
        table = self._questions.read(text, tokens, names, amounts)
        valued = [
            v
            for s in self._values.find(tokens)
            for v in s.values
            if not any(n.overlaps(s) for n in names) and self._is_value(s, tokens, v)
        ]
        part = valued[0][1] if len({v for _, v in valued}) == 1 else ""
        fields = tuple(dict.fromkeys((*fields, *(f for f, _ in valued))))
        return Reading(
            text=text,
            tokens=tokens,
            question=question or bool(INVERTED.search(text)),
            names=names,
            amounts=amounts,
            wished=wished,
            fields=fields,
            field_spans=tuple(found_fields),
            topics=tuple(dict.fromkeys(v for t in topic_spans for v in t.values)),
            topic_spans=tuple(topic_spans),
            table=table,
            referred=refer(tokens, state),
            part=part,
        )

    def _superlative(self, tokens: Sequence[Token]) -> tuple[str, Order] | None:
        found = self._questions.superlative(tokens)
        return None if found is None else (found[0].name, found[1])

    def _is_value(self, span: Span[tuple[str, str]], tokens: Sequence[Token], value: tuple[str, str]) -> bool:
        """Whether "public" is the kind of school and not the first half of "public policy"."""
        if self._knowledge.fields[value[0]].type != "choice" or span.last >= len(tokens):
            return True
        return tokens[span.last].norm in {
            *SET,
            "or",
            "and",
            "one",
            "right",
            "is",
            "in",
            "then",
            "though",
            "lol",
            "vs",
        }

    def _whole_cue(self, whole: Reading, state: DialogueState) -> tuple[UserAct, ...]:
        """Acts of a message that is nothing but a cue ("hi", "no preference", "go back")."""
        intent = self._intents.cue(whole.tokens)
        if intent is None:
            return ()
        act = SIMPLE.get(intent)
        return (act(whole.text),) if act else ()


def _no_preference(text: str) -> UserAct:
    return NoPreference(text)


def _simple() -> dict[str, Callable[[str], UserAct]]:
    from advisor.dialogue.acts import AskWhy, Restart, Undo

    social = {
        kind: (lambda text, kind=kind: Social(text, kind))
        for kind in (
            "greet",
            "thanks",
            "goodbye",
            "identity",
            "praise",
            "rude",
            "agree",
            "refuse",
            "person",
            "odds",
        )
    }
    return {
        **social,
        "no_preference": _no_preference,
        "restart": lambda text: Restart(text),
        "undo": lambda text: Undo(text),
        "recommend": lambda text: Recommend(text),
        "more": lambda text: Recommend(text, more=True),
        "why": lambda text: AskWhy(text),
        "why_not": lambda text: AskWhy(text, negative=True),
        "out_of_scope": lambda text: OutOfScope(text),
    }


SIMPLE = _simple()


def _interpret(reading: Reading, context: Context) -> tuple[str, tuple[UserAct, ...]]:
    """The first interpreter that makes something of the clause, and what it made."""
    for interpreter in INTERPRETERS:
        acts = interpreter(reading, context)
        if acts is not None:
            return interpreter.__name__, tuple(replace(a, text=reading.text) if not a.text else a for a in acts)
    return "nothing", (Unclear(reading.text),)


def _resolve(span: Span[Entity], tokens: Sequence[Token]) -> Span[Entity]:
    """The readings of a name, those first that its neighbours speak for: "in Syracuse" is the town."""
    kinds = {e.kind for e in span.values}
    if "school" in kinds and any(is_listed(e) for e in span.values):
        # "WPI" is a partner in a record and a school outside it: what the knowledge holds comes first.
        return replace(span, values=tuple(e for e in span.values if e.kind != "school"))
    if {"program", "school"} <= kinds:
        span = replace(span, values=tuple(e for e in span.values if e.kind != "school"))
    if not kinds & {"program", "school"} or not kinds & PLACE_KINDS:
        return span
    lead = tokens[span.first - 1].norm if span.first else ""
    as_place = lead in PLACE_LEAD - {"at", "from", "to"}
    ordered = sorted(span.values, key=lambda e: (e.kind in PLACE_KINDS) != as_place)
    kept = [e for e in ordered if (e.kind in PLACE_KINDS) == as_place]
    return replace(span, values=tuple(kept or ordered))


def _of_money(whole: Reading, state: DialogueState) -> bool:
    """Whether a bare number in this message is about money: money was asked for, or is being talked of."""
    pending = state.pending is not None and state.pending.slot in {"tuition", "total_cost"}
    talked = "tuition" in whole.fields or any(a.kind == "money" for a in whole.amounts)
    lately = state.last in {"inform", "recommend"} and (
        "tuition" in state.profile or (state.what_if is not None and "tuition" in state.what_if)
    )
    advising = state.last == "recommend" and any(a.kind == "number" and a.bound != "exact" for a in whole.amounts)
    return pending or talked or lately or advising


EMPTY = (Unclear,)
ANSWERS = (RequestFacts, AskTable, Compare, AskGuide, AskTopic, AskOtherSchool)


def _settle(
    parts: Sequence[tuple[UserAct, ...]], readings: Sequence[Reading], state: DialogueState
) -> tuple[UserAct, ...]:
    """The acts of all clauses, without what only fills: wishes in one, chatter dropped beside real questions."""
    acts = [a for part in parts for a in part]
    real = [a for a in acts if not isinstance(a, Unclear | Social | OutOfScope)]
    if real:
        acts = [
            a
            for a in acts
            if not isinstance(a, Unclear | OutOfScope)
            and not (isinstance(a, Social) and a.kind not in {"odds", "person"})
        ]
    elif any(isinstance(a, OutOfScope) for a in acts):
        acts = [
            a for a in acts if isinstance(a, OutOfScope) or (isinstance(a, Social) and a.kind in {"odds", "person"})
        ]
    # Statements in a story name schools and topics that are not asked about.
    questions = [
        i
        for i, (part, r) in enumerate(zip(parts, readings, strict=True))
        if r.question and any(isinstance(a, ANSWERS) for a in part)
    ]
    if questions:
        told = {
            id(a)
            for i, (part, r) in enumerate(zip(parts, readings, strict=True))
            if not r.question and len(r.tokens) > 2
            for a in part
        }
        acts = [
            a
            for a in acts
            if id(a) not in told or isinstance(a, Inform | NoPreference | Recommend | Compare | AskTopic)
        ]
        if sum(isinstance(a, AskTopic) for a in acts) and any(
            isinstance(a, RequestFacts) and (a.fields or a.about) for a in acts
        ):
            acts = [a for a in acts if not (isinstance(a, AskTopic) and id(a) in told)]
    facts = [a for a in acts if isinstance(a, RequestFacts) and (a.fields or a.about)]
    acts = [
        a
        for a in acts
        if not (
            isinstance(a, RequestFacts)
            and not a.fields
            and not a.about
            and any(set(a.programs) <= set(f.programs) for f in facts)
        )
    ]
    topics = [a for a in acts if isinstance(a, AskTopic)]
    bare = [a for a in acts if isinstance(a, RequestFacts) and not a.fields and not a.about and a.programs]
    if topics and bare and not topics[-1].programs:
        # "I already have a master's. Can I still apply to CMU?" is one question.
        acts = [replace(a, programs=bare[0].programs) if a is topics[-1] else a for a in acts if a not in bare]
    for i, act in enumerate(acts[1:], 1):
        before = acts[i - 1]
        if isinstance(act, RequestFacts) and not act.programs and isinstance(before, AskTable):
            acts[i - 1 : i + 1] = [replace(before, asked=tuple(dict.fromkeys((*before.asked, *act.fields))))]
            break
    acts = [a for a in acts if not (isinstance(a, RequestFacts) and not a.programs)]
    informs = [a for a in acts if isinstance(a, Inform)]
    if len(informs) > 1:
        merged = Inform(
            text=" ".join(a.text for a in informs),
            wishes=_last_of_each([w for a in informs for w in a.wishes]),
            forget=tuple(dict.fromkeys(s for a in informs for s in a.forget)),
            hypothetical=all(a.hypothetical for a in informs),
            wants_list=any(a.wants_list for a in informs),
        )
        first = acts.index(informs[0])
        acts = [a for a in acts if not isinstance(a, Inform)]
        acts.insert(first, merged)
    if any(isinstance(a, Inform) for a in acts):
        acts = [a for a in acts if not isinstance(a, Recommend)]
        # A wish of which nothing is known ("somewhere warm") is told after the list.
        stated = {
            id(a)
            for part, r in zip(parts, readings, strict=True)
            if not r.question
            for a in part
            if isinstance(a, AskTopic)
        }
        acts.sort(key=lambda a: id(a) in stated)
    seen: list[UserAct] = []
    for act in acts:
        if not any(type(act) is type(s) and replace(act, text="") == replace(s, text="") for s in seen):
            seen.append(act)
    return tuple(seen) or (Unclear(readings[0].text if readings else ""),)


def _last_of_each(wishes: Sequence) -> tuple:
    """Later wishes of a slot add to or replace earlier ones of the same message."""
    by_slot: dict = {}
    for wish in wishes:
        old = by_slot.get(wish.slot)
        if old is not None and isinstance(old.value, tuple) and isinstance(wish.value, tuple):
            wish = replace(wish, value=tuple(dict.fromkeys((*old.value, *wish.value))))
        elif old is not None and isinstance(old.value, dict) and isinstance(wish.value, dict):
            wish = replace(wish, value={**old.value, **wish.value})
        by_slot[wish.slot] = wish
    return tuple(by_slot.values())
