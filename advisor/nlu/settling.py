"""The acts of a message's clauses → the acts of the message: what only fills goes, what belongs together joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

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
from advisor.dialogue.profile import Wish
from advisor.nlu.reading import Reading

ANSWERS = (RequestFacts, AskTable, Compare, AskGuide, AskTopic, AskOtherSchool)
"""The acts that are answered from the knowledge."""
TOLD_TOO = (Inform, NoPreference, Recommend, Compare, AskTopic)
"""The acts that a statement beside a question brings all the same."""
ASKING = frozenset(("of_record", "of_cost", "distances"))
"""The interpreters whose acts are questions however they are put: "CS pay at Cornell"."""
KEPT_CHATTER = frozenset(("odds", "person"))
"""The chatter that wants a reply even beside a real question: "am I good enough", "can I talk to someone"."""


class Part(NamedTuple):
    """One clause, with the name of the interpreter that made something of it, and the acts it made."""

    reading: Reading
    interpreter: str
    acts: tuple[UserAct, ...]


def settle(parts: Sequence[Part]) -> tuple[UserAct, ...]:
    """The acts of all clauses, without what only fills: wishes in one, chatter dropped beside real questions."""
    acts = [a for part in parts for a in part.acts]
    acts = _without_chatter(acts)
    acts = _without_story(acts, parts)
    acts = _without_bare_names(acts)
    acts = _topic_of_the_school_before(acts)
    acts = _fields_of_the_answer(acts)
    acts = _wishes_in_one(acts)
    acts = _list_first(acts, parts)
    return _each_once(acts) or (Unclear(parts[0].reading.text if parts else ""),)


def _kept_chatter(act: UserAct) -> bool:
    return isinstance(act, Social) and act.kind in KEPT_CHATTER


def _without_chatter(acts: list[UserAct]) -> list[UserAct]:
    """ "Hi, what does CMU cost": only what is asked or told; "nice weather, bye": only that it is off-topic."""
    if any(not isinstance(a, Unclear | Social | OutOfScope) for a in acts):
        return [a for a in acts if not isinstance(a, Unclear | OutOfScope | Social) or _kept_chatter(a)]
    if any(isinstance(a, OutOfScope) for a in acts):
        return [a for a in acts if isinstance(a, OutOfScope) or _kept_chatter(a)]
    return acts


def _without_story(acts: list[UserAct], parts: Sequence[Part]) -> list[UserAct]:
    """ "My brother went to NYU. What does CMU cost": statements name schools and topics that are not asked about."""
    if not any(p.reading.question and any(isinstance(a, ANSWERS) for a in p.acts) for p in parts):
        return acts
    told = {
        id(a)
        for p in parts
        if not p.reading.question and len(p.reading.tokens) > 2 and p.interpreter not in ASKING
        for a in p.acts
    }
    acts = [a for a in acts if id(a) not in told or isinstance(a, TOLD_TOO)]
    if any(_asks_something(a) for a in acts):
        acts = [a for a in acts if not (isinstance(a, AskTopic) and id(a) in told)]
    return acts


def _asks_something(act: UserAct) -> bool:
    """Whether an act asks for more of a school than an overview."""
    return isinstance(act, RequestFacts) and bool(act.fields or act.about)


def _without_bare_names(acts: list[UserAct]) -> list[UserAct]:
    """ "CMU. What does it cost": the name alone asks nothing that the question does not."""
    asked = [set(a.programs) for a in acts if isinstance(a, RequestFacts) and _asks_something(a)]
    return [
        a
        for a in acts
        if not isinstance(a, RequestFacts) or _asks_something(a) or not any(set(a.programs) <= of for of in asked)
    ]


def _topic_of_the_school_before(acts: list[UserAct]) -> list[UserAct]:
    """ "I already have a master's. Can I still apply to CMU?" is one question."""
    topics = [a for a in acts if isinstance(a, AskTopic)]
    bare = [a for a in acts if isinstance(a, RequestFacts) and a.programs and not _asks_something(a)]
    if not topics or not bare or topics[-1].programs:
        return acts
    of_school = replace(topics[-1], programs=bare[0].programs)
    return [of_school if a is topics[-1] else a for a in acts if a not in bare]


def _fields_of_the_answer(acts: list[UserAct]) -> list[UserAct]:
    """ "Who's number one and what's their score": the score is shown beside the answer."""
    for i, act in enumerate(acts[1:], 1):
        before = acts[i - 1]
        if isinstance(act, RequestFacts) and not (act.programs or act.parts) and isinstance(before, AskTable):
            joined = replace(before, asked=tuple(dict.fromkeys((*before.asked, *act.fields))))
            acts = [*acts[: i - 1], joined, *acts[i + 1 :]]
            break
    return [a for a in acts if not (isinstance(a, RequestFacts) and not a.programs and not a.parts)]


def _wishes_in_one(acts: list[UserAct]) -> list[UserAct]:
    """ "I'm in Texas. Under 30k please": one act of all wishes."""
    informs = [a for a in acts if isinstance(a, Inform)]
    if len(informs) < 2:
        return acts
    merged = Inform(
        text=" ".join(a.text for a in informs),
        wishes=_last_of_each([w for a in informs for w in a.wishes]),
        forget=tuple(dict.fromkeys(s for a in informs for s in a.forget)),
        hypothetical=all(a.hypothetical for a in informs),
        wants_list=any(a.wants_list for a in informs),
    )
    first = acts.index(informs[0])
    rest = [a for a in acts if not isinstance(a, Inform)]
    return [*rest[:first], merged, *rest[first:]]


def _list_first(acts: list[UserAct], parts: Sequence[Part]) -> list[UserAct]:
    """A wish brings the list by itself; one of which nothing is known ("somewhere warm") is told after it."""
    if not any(isinstance(a, Inform) for a in acts):
        return acts
    stated = {id(a) for p in parts if not p.reading.question for a in p.acts if isinstance(a, AskTopic)}
    return sorted((a for a in acts if not isinstance(a, Recommend)), key=lambda a: id(a) in stated)


def _each_once(acts: list[UserAct]) -> tuple[UserAct, ...]:
    """The acts without those that only repeat another in other words."""
    seen: list[UserAct] = []
    for act in acts:
        if not any(type(act) is type(s) and replace(act, text="") == replace(s, text="") for s in seen):
            seen.append(act)
    return tuple(seen)


def _last_of_each(wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """Later wishes of a slot add to or replace earlier ones of the same message."""
    by_slot: dict[str, Wish] = {}
    for wish in wishes:
        old = by_slot.get(wish.slot)
        if old is not None and isinstance(old.value, tuple) and isinstance(wish.value, tuple):
            wish = replace(wish, value=tuple(dict.fromkeys((*old.value, *wish.value))))
        elif old is not None and isinstance(old.value, dict) and isinstance(wish.value, dict):
            wish = replace(wish, value={**old.value, **wish.value})
        by_slot[wish.slot] = wish
    return tuple(by_slot.values())
