"""The advisor: holds the parts; `reply` is the six steps of a turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowledge import Claim, Knowledge, Table, Test, plain, show

from advisor.actions import Tools, perform
from advisor.actions.told import untold
from advisor.conversation import Conversation, Turn
from advisor.dialogue.acts import Offer, SystemAct, UserAct
from advisor.dialogue.constraints import constraints, spot
from advisor.dialogue.policy import decide
from advisor.dialogue.prices import PRICED, RESIDENT, residency_of
from advisor.dialogue.profile import Profile
from advisor.dialogue.situation import Match, Situation
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState, Pending
from advisor.dialogue.tracking import track
from advisor.explaining import Laps, Thought, described, explained
from advisor.nlg import word
from advisor.nlu import Understander, Understanding
from advisor.nlu.nouns import Nouns
from advisor.recommendation import Ranker, match, near_misses, next_question
from advisor.reply import Part, Reply

RESIDENCY = re.compile(r"[A-Z]{2}|out_of_state|international")


class ProfileError(ValueError):
    """A profile that is not of the contract's form: which slot, and what is wrong with it."""

    def __init__(self, slot: str, message: str) -> None:
        super().__init__(f"{slot}: {message}")
        self.slot, self.message = slot, message


class Advisor:
    """Answers students. Holds what does not change between turns; thinking has no effects.

    Safe to use from several threads: `reply` changes nothing but the conversation it is given.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        table: Table,
        slots: Mapping[str, Slot],
        understander: Understander,
        ranker: Ranker,
        tools: Tools,
    ) -> None:
        self.knowledge, self.table, self.slots = knowledge, table, slots
        self._understander, self._ranker, self._tools = understander, ranker, tools
        self._nouns = Nouns(knowledge)

    def reply(self, conversation: Conversation, text: str) -> Reply:
        """The reply to an utterance. Its one effect: the turn is appended to the conversation."""
        thought = self.think(text, conversation.state)
        reply = replace(thought.reply, conversation=conversation.id, turn=len(conversation.turns) + 1)
        conversation.append(
            Turn(
                number=reply.turn,
                text=text,
                state=thought.state,
                reply=reply.to_dict(),
                acts=tuple(described(a) for a in thought.understanding.acts),
                actions=tuple(f"{a.name} ({a.rule})" for a in thought.actions),
            )
        )
        return reply

    def think(self, text: str, state: DialogueState) -> Thought:
        """One turn, step by step: understand, track, match, decide, perform, word."""
        laps = Laps()
        understanding = laps.of("understand", self._understood(text, state))
        tracked = laps.of("track", track(state, understanding.acts))
        situation = laps.of("match", self._match(state, tracked, understanding.acts))
        actions = laps.of("decide", decide(situation))
        acts = laps.of("perform", tuple(perform(action, situation, self._tools) for action in actions))
        reply = laps.of("word", self._word(acts, situation))
        return Thought(understanding, _after(tracked, acts, reply), situation, actions, acts, reply, laps.millis)

    def _understood(self, text: str, state: DialogueState) -> Understanding:
        """What a text means. It is read in the words that the readers know, and said back in the pack's own."""
        understood = self._understander.understand(self._nouns.common(text), state)
        return replace(understood, acts=tuple(self._in_own_words(act) for act in understood.acts))

    def _in_own_words(self, act: UserAct) -> UserAct:
        said = {k: self._nouns.own(v) for k in ("text", "about", "said") if isinstance(v := getattr(act, k, None), str)}
        return replace(act, **said)

    def _match(self, before: DialogueState, state: DialogueState, acts: tuple[UserAct, ...]) -> Situation:
        profile = state.what_if if state.what_if is not None else state.profile
        tests = constraints(profile, self.slots, self.knowledge)
        matches = match(tests, self.table, self.table.everywhere if state.wide else self.table.ids)
        fitting = self._ranker.rank([m for m in matches if m.holds], profile)
        perhaps = self._ranker.rank([m for m in matches if _may_fit(m) and self._charged(m, profile)], profile)
        offers = (*fitting, *perhaps)
        offered = {o.program for o in offers}
        return Situation(
            before=before,
            state=state,
            acts=acts,
            profile=profile,
            offers=offers,
            untold=tuple(m.program for m in matches if m.holds is None and m.program not in offered),
            near_misses=near_misses(matches, profile, self.slots, self.knowledge, self.table),
            question=next_question(
                profile, [o.program for o in fitting], state, self.slots, self.knowledge, self.table
            ),
            hypothetical=state.what_if is not None,
            wider=() if offers or state.wide or not tests else self._beyond(tests, profile),
        )

    def _charged(self, match: Match, profile: Profile) -> bool:
        """Whether what a program charges is known at all: where it is not, no price is in doubt."""
        price = self.knowledge.pack.price
        side = residency_of(profile) or RESIDENT
        return price is None or self.table.number(match.program, price.field, side) is not None

    def _beyond(self, tests: Mapping[str, Test], profile: Profile) -> tuple[Offer, ...]:
        """What fits beyond the pack's own programs, where none of these does."""
        matches = match(tests, self.table, self.knowledge.beyond)
        return self._ranker.rank([m for m in matches if m.holds], profile)

    def _word(self, acts: Sequence[SystemAct], situation: Situation) -> Reply:
        """The reply: every act in words, the facts of all, and the advisor's own question at the end."""
        facts = tuple(dict.fromkeys(f for a in acts for f in a.facts))
        index = {f: i for i, f in enumerate(facts)}
        parts = tuple(Part(a.act, self._worded(a), tuple(index[f] for f in a.facts), a.sections) for a in acts)
        text = "\n\n".join(p.text for p in parts)
        offering = next((a for a in acts if a.act == "recommend"), None)
        question = next((a.question for a in acts if a.question), None)
        if offering is not None and question is None and situation.question is not None and not situation.hypothetical:
            question = situation.question.ask
        if question is not None and question.text:
            text = f"{text}\n\n{question.text}"
        choices = question.choices if question is not None and question.slot != "reading" else ()
        suggestions = tuple(dict.fromkeys((*choices, *(s for a in acts for s in a.suggestions))))[:6]
        misses = [n for a in acts for n in a.near_misses or ()]
        return Reply(
            act=acts[0].act,
            text=text,
            programs=tuple(dict.fromkeys(p for a in acts for p in a.programs)),
            facts=facts,
            sections=tuple(dict.fromkeys(s for a in acts for s in a.sections)),
            unknown=tuple(dict.fromkeys(u for a in acts for u in a.unknown)),
            parts=parts,
            profile=situation.profile.to_dict() if offering else situation.state.profile.to_dict(),
            shortlist=offering.shortlist if offering else None,
            wider=situation.wider if offering else (),
            near_misses=tuple(misses) or None,
            question=question,
            suggestions=suggestions,
            knowledge=self.knowledge.hash,
        )

    def _worded(self, act: SystemAct) -> str:
        """An act in words, with what must be said of its figures and was not."""
        text = word(act, self._nouns.called)
        return "\n".join((text, *untold(act.facts, text, self._tools)))

    # ---- for the ways in ----

    def shortlist(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The shortlist for a profile in the contract's form, without a conversation. Raises ProfileError."""
        profile = self._checked(values)
        state = DialogueState(profile=profile)
        situation = self._match(state, state, ())
        offers = Reply(
            act="recommend", text="", shortlist=situation.offers, near_misses=situation.near_misses or None
        ).to_dict()
        return {
            "profile": profile.to_dict(),
            "shortlist": offers["shortlist"],
            "near_misses": offers["near_misses"],
        }

    def _checked(self, values: Mapping[str, Any]) -> Profile:
        for name, value in values.items():
            slot = self.slots.get(name)
            if slot is None:
                raise ProfileError(name, f"is no slot; the slots are {', '.join(self.slots)}")
            if value is not None:
                _check(slot, value, self.knowledge)
        return Profile.from_dict(values)

    def claim_dict(self, claim: Claim) -> dict[str, Any]:
        """A claim as the web service gives it; `part` is the field of study that it is of."""
        part = self.knowledge.parts.get(claim.part)
        return {
            "value": plain(claim.value),
            "display": show(self.knowledge.fields[claim.field], claim.value) if claim.status == "given" else "withheld",
            "basis": claim.basis,
            "as_of": claim.as_of,
            "status": claim.status,
            "note": claim.note,
            "part": {"id": part.id, "title": part.title} if part is not None else None,
            "source": {"document": claim.source, "place": claim.place},
        }

    def explain(self, text: str, state: DialogueState | None = None) -> dict[str, Any]:
        """What each step made of an utterance, as plain values."""
        return {"text": text, **explained(self.think(text, state or DialogueState()))}

    def warm(self) -> None:
        """Loads what the first question would otherwise wait for."""
        self.think("what is machine learning research like", DialogueState())


def _may_fit(match: Match) -> bool:
    """Whether only the price of a program is in doubt: it is offered, after those that are sure to fit."""
    doubted = {slot for slot, held in match.by_slot.items() if held is None}
    return match.holds is None and bool(doubted) and doubted <= set(PRICED)


def _after(state: DialogueState, acts: Sequence[SystemAct], reply: Reply) -> DialogueState:
    """The state after the reply: what it named, offered and asked."""
    programs = reply.programs
    question = reply.question
    offered = tuple(o.program for o in reply.shortlist or ())
    going_on = any(a.act == "recommend" and a.case in {"more", "no_more"} for a in acts)
    pending = None
    if question is not None:
        readings = tuple(
            (r, s)
            for a in acts
            if a.act == "clarify"
            for r, s in zip(a.content.get("readings", ()), question.choices, strict=False)
        )
        pending = Pending(None if question.slot == "reading" else question.slot, readings)
    asked = (*state.asked, question.slot) if question is not None and question.slot != "reading" else state.asked
    focus = programs if programs else state.focus
    # A look at one of several keeps the several in mind, for "the other one" and "both".
    mentioned = state.mentioned if not programs or set(programs) < set(state.mentioned) else programs
    return replace(
        state,
        mentioned=mentioned,
        recent=tuple(dict.fromkeys((*state.recent, *programs)))[-4:] if len(programs) == 1 else programs,
        focus=focus[:10],
        pending=pending,
        asked=asked,
        shortlist=offered if reply.shortlist is not None else state.shortlist,
        shown=state.shown if reply.shortlist is None else (*state.shown, *offered) if going_on else offered,
        sections=reply.sections or state.sections,
    )


def _check(slot: Slot, value: Any, knowledge: Knowledge) -> None:
    """Raises ProfileError when a value is not of the slot's form."""
    match slot.kind:
        case "range":
            if (
                not isinstance(value, dict)
                or not value
                or set(value) - {"min", "max"}
                or not all(v is None or _number(v) for v in value.values())
            ):
                raise ProfileError(slot.name, 'must be {"min": number, "max": number}, either left out')
        case "values" | "exclude" | "list":
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise ProfileError(slot.name, "must be a list of text")
            if slot.name == "exclude_programs" and (missing := [v for v in value if not knowledge.has(v)]):
                raise ProfileError(slot.name, f"names no program: {', '.join(missing)}")
        case "choice":
            if not isinstance(value, str) or value not in slot.values:
                raise ProfileError(slot.name, f"must be one of {', '.join(slot.values)}")
        case "flag":
            if not isinstance(value, bool):
                raise ProfileError(slot.name, "must be true or false")
        case "number":
            if not _number(value) or (slot.unit == "gpa" and value > 4):
                raise ProfileError(slot.name, "must be a number" + (" out of 4.0" if slot.unit == "gpa" else ""))
        case "near":
            if (
                not isinstance(value, dict)
                or not isinstance(value.get("place"), str)
                or not _number(value.get("miles"))
            ):
                raise ProfileError(slot.name, 'must be {"place": text, "miles": number}')
            if spot(value["place"], knowledge) is None:
                raise ProfileError(slot.name, f"names no place that is known: {value['place']}")
        case "text":
            if not isinstance(value, str) or not RESIDENCY.fullmatch(value):
                raise ProfileError(slot.name, "must be a state's two letters, out_of_state or international")


def _number(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value
        and abs(value) < 1e12
        and value >= 0
    )
