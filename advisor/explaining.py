"""What each step of a turn made of it, as plain values: for `explain`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from time import perf_counter
from typing import Any, TypeVar

from knowledge import Query, plain_query

from advisor.dialogue.acts import Action, SystemAct, UserAct
from advisor.dialogue.policy import RULES
from advisor.dialogue.prices import PRICED
from advisor.dialogue.profile import Profile, Wish
from advisor.dialogue.situation import Situation
from advisor.dialogue.state import DialogueState, Pending
from advisor.nlu import Understanding
from advisor.nlu.phrases import Span, norm, tokenise
from advisor.nlu.reading import Reading
from advisor.reply import Reply

T = TypeVar("T")
Json = dict[str, Any]

CHANGING = ("focus", "pending", "what_if", "wide", "indifferent", "fields", "about", "topic", "asked", "query")
"""What of a state, beside the profile, a developer looks for when an answer is not the one expected."""


class Laps:
    """The milliseconds that each step took."""

    def __init__(self) -> None:
        self.millis: dict[str, float] = {}
        self._last = perf_counter()

    def of(self, step: str, made: T) -> T:
        """What the step made, with the time since the step before it noted."""
        now = perf_counter()
        self.millis[step], self._last = round((now - self._last) * 1000, 2), now
        return made


@dataclass(frozen=True)
class Thought:
    """What each step of a turn made of it, and in how many milliseconds."""

    understanding: Understanding
    state: DialogueState
    situation: Situation
    actions: tuple[Action, ...]
    acts: tuple[SystemAct, ...]
    reply: Reply
    millis: Mapping[str, float] = field(default_factory=dict, compare=False)


def described(act: UserAct) -> str:
    """A user act in one line: its name and what it holds."""
    return f"{type(act).__name__}({', '.join(f'{k}={v!r}' for k, v in _held(act).items())})"


def explained(thought: Thought) -> Json:
    """A turn's steps as plain values."""
    before, situation = thought.situation.before, thought.situation
    old, new = before.profile.to_dict(), thought.state.profile.to_dict()
    unsure = sum(any(r.met is None and r.criterion in PRICED for r in o.reasons) for o in situation.offers)
    return {
        "clauses": [_clause(*part) for part in thought.understanding.readings],
        "acts": [described(a) for a in thought.understanding.acts],
        "made": [_made(a) for a in thought.understanding.acts],
        "state": {
            "profile": new,
            "changed": {k: v for k, v in new.items() if old.get(k) != v},
            "changes": _changes(before, thought.state),
            "focus": list(thought.state.focus),
            "pending": thought.state.pending.slot if thought.state.pending else None,
        },
        "matches": {
            "fit": len(situation.offers) - unsure,
            "may fit": unsure,
            "cannot be told": len(situation.untold),
            "fit beyond": len(situation.wider),
        },
        "actions": [_action(a) for a in thought.actions],
        "performed": [_performed(a) for a in thought.acts],
        "reply": thought.reply.to_dict(),
        "milliseconds": dict(thought.millis),
    }


def _clause(reading: Reading, interpreter: str, acts: Sequence[UserAct]) -> Json:
    """What was found in a clause. `spans` say where: characters `start` to `end` of its text."""
    wished, where = reading.wished, reading.where
    return {
        "text": reading.text,
        "question": reading.question,
        "spans": sorted(_spans(reading), key=lambda s: (s["start"], s["end"])),
        "corrected": {t.text: t.norm for t in reading.tokens if t.corrected},
        "names": [{"text": _said(s, reading), "means": [str(e) for e in s.values]} for s in reading.names],
        "fields": list(reading.fields),
        "topics": list(reading.topics),
        "amounts": [_amount(a) for a in reading.amounts],
        "wishes": [f"{w.slot} = {w.value}" for w in wished.wishes] + [f"{s} let go" for s in wished.forget],
        "wished": [_plain(w) for w in wished.wishes],
        "let_go": list(wished.forget),
        "no_preference": list(wished.indifferent),
        "part": reading.part,
        "parts": list(reading.parts),
        "referred": list(reading.referred),
        "sides": list(where.sides) if where else [],
        "query": repr(reading.table.query) if reading.table else None,
        "query_fields": _plain(reading.table.query) if reading.table else None,
        "query_explicit": bool(reading.table and reading.table.explicit),
        "unexplained": list(reading.residue()),
        "interpreter": interpreter,
        "acts": [described(a) for a in acts],
        "made": [_made(a) for a in acts],
    }


def _said(span: Span, reading: Reading) -> str:
    return " ".join(t.text for t in reading.tokens[span.first : span.last])


def _amount(amount: Any) -> Json:
    kept = ("text", "kind", "least", "most", "bound", "per", "currency", "years")
    return {name: getattr(amount, name) for name in kept}


def _spans(reading: Reading) -> Iterator[Json]:
    """Everything found that stands somewhere in the text, and the words that nothing accounts for."""

    def span(kind: str, first: int, last: int, means: Any = None) -> Json:
        start, end = reading.tokens[first].start, reading.tokens[last - 1].end
        return {"kind": kind, "start": start, "end": end, "text": reading.text[start:end], "means": means}

    yield from (span("name", s.first, s.last, [str(e) for e in s.values]) for s in reading.names)
    yield from (span("field", s.first, s.last, list(s.values)) for s in reading.field_spans)
    yield from (span("topic", s.first, s.last, list(s.values)) for s in reading.topic_spans)
    yield from (span("part", s.first, s.last, list(s.values)) for s in reading.part_spans)
    for amount in reading.amounts:
        place = {"start": amount.start, "end": amount.end, "text": reading.text[amount.start : amount.end]}
        yield {"kind": "amount", **place, "means": _amount(amount)}
    for wish in reading.wished.wishes:
        if (found := _find(wish.said, reading)) is not None:
            yield span(wish.slot if wish.slot in {"near", "residency"} else "wish", *found, _plain(wish))
    if reading.where and (closest := reading.where.closest):
        yield span("closest", closest.first, closest.last, closest.spot.label if closest.spot else "home")
    if reading.where and (far := reading.where.far):
        yield from (span("distance", s.first, s.last, s.label) for s in far.places)
    if reading.table:
        yield from (span("query", first, last) for first, last in _runs(reading.table.covered))
    for i, token in enumerate(reading.tokens):
        if token.corrected:
            yield span("spelling", i, i + 1, token.norm)
    covered, left = reading.covered(), set(reading.residue())
    loose = frozenset(i for i, t in enumerate(reading.tokens) if i not in covered and t.norm in left)
    yield from (span("unexplained", first, last) for first, last in _runs(loose))


def _find(said: str, reading: Reading) -> tuple[int, int] | None:
    """The tokens that say it; None for a wish that a name or the talk before brought."""
    words = [t.norm for t in tokenise(said)]
    norms = [{t.norm, norm(t.text)} for t in reading.tokens]
    for first in range(len(norms) - len(words) + 1) if words else ():
        if all(word in norms[first + i] for i, word in enumerate(words)):
            return first, first + len(words)
    return None


def _runs(indices: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Neighbours put together.

    >>> list(_runs(frozenset({1, 2, 5})))
    [(1, 3), (5, 6)]
    """
    for _, run in groupby(enumerate(sorted(indices)), key=lambda pair: pair[1] - pair[0]):
        found = [index for _, index in run]
        yield found[0], found[-1] + 1


def _held(act: UserAct) -> Json:
    return {k: v for k, v in vars(act).items() if k != "text" and v not in ((), "", None, False)}


def _made(act: UserAct) -> Json:
    """A user act field by field, without those that hold nothing."""
    return {"act": type(act).__name__, "text": act.text, "holds": {k: _plain(v) for k, v in _held(act).items()}}


def _plain(value: Any) -> Any:
    """A value of an act or a state as JSON has it."""
    match value:
        case Query():
            return plain_query(value)
        case Wish():
            return {k: _plain(v) for k, v in vars(value).items()}
        case Profile():
            return value.to_dict()
        case Pending():
            return value.slot or [sent for _, sent in value.readings]
        case tuple() | list():
            return [_plain(v) for v in value]
    return value


def _changes(before: DialogueState, after: DialogueState) -> dict[str, list[Any]]:
    """What the turn changed: name → before, after. The slots of the profile are "profile.SLOT"."""
    old, new = before.profile.to_dict(), after.profile.to_dict()
    pairs = {f"profile.{slot}": [old.get(slot), new.get(slot)] for slot in {**old, **new}}
    pairs |= {name: [_plain(getattr(before, name)), _plain(getattr(after, name))] for name in CHANGING}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _action(action: Action) -> Json:
    """An action with the rule that chose it, and what that rule says of itself."""
    rule = next((r for r in RULES if getattr(r, "__name__", "") == action.rule), None)
    return {
        "action": action.name,
        "rule": action.rule,
        "why": ((rule and rule.__doc__) or "").partition("\n")[0],
        "answers": type(action.act).__name__ if action.act is not None else None,
        "slot": action.slot,
    }


def _performed(act: SystemAct) -> Json:
    counts = {"facts": len(act.facts), "unknown": len(act.unknown)}
    return {"act": act.act, "case": act.case, **counts, "sections": list(act.sections)}
