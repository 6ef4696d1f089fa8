"""What a text wishes for: slot values, places, amounts and schools to leave out → wishes, and slots let go."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from knowledge import Knowledge, Place

from advisor.dialogue.profile import Change, Wish
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState
from advisor.nlu.cues import cues, phrases_of
from advisor.nlu.entities import Entity, is_listed
from advisor.nlu.filters import is_strict
from advisor.nlu.own import OwnReader, liked
from advisor.nlu.phrases import Phrases, Span, Token, key, tokenise
from advisor.nlu.values import Amount

PLACE_KINDS = {"state", "city", "region", "metro"}
PLACE_SLOTS = ("states", "cities", "near")

NEAR_MILES = 60
"""What "near" means when no distance is said: an hour's drive or so; it takes in Worcester for Boston."""
DRIVE_MILES = 100
"""What "driving distance" means: two hours or so, there and back within a day."""


SET = frozenset(cues()["set"])
_OF_SCHOOLS = frozenset(("who", "which", "how", "what"))
"""Opening words of a question in which "based in" a place is said of schools."""
NOT = frozenset(cues()["not"])
NOT_PAIRS = frozenset(tuple(pair.split()) for pair in cues()["not_pairs"])
_cues = phrases_of(("turned_down", "soft", "home", "own_home", "near", "drive", "also", "let_go", "fine", "no_matter"))
_INTEREST = re.compile(
    r"\b(?:interested in|interest in|interests? (?:is|are)|focus(?:ed|ing)? on|passionate about|speciali[sz]e in|"
    r"speciali[sz]ing in|really into|am into|i'?m into|care (?:a lot |most |deeply )?about|love to work on|"
    r"keen on|crazy about|fan of|something (?:about|with|on|in)|want to (?:work on|study|do)|"
    r"where can i (?:study|learn)|"
    r"good (?:at|for|in)|strong in|strengths? in|emphasis on|concentration in)\s+([a-z][a-z0-9 ,/&+-]{1,60})"
)
_PASSION = re.compile(
    r"(?:^|[,.;] ?|\b(?:i think|because|since) )([a-z][a-z &-]{2,40}?) (?:is|are) "
    r"(?:my (?:main |big )?(?:thing|passion|interest|focus|jam|field)|"
    r"what (?:i|i'?m|i am) (?:love|like|want|into|after|about))"
)
SHOWING = frozenset(("suggest", "show", "recommend", "give", "include", "list", "send", "offer"))
"""After a "not", these say what is not to be shown."""
TAKING_OUT = frozenset(("drop", "remove", "scratch", "cut", "exclude"))
"""Words right before a name that leave it out."""
_NO_INTEREST = frozenset(cues()["no_interest"])
_EMPTY = frozenset(key(" ".join(cues()["stop"])))


@dataclass(frozen=True)
class Wished:
    """What was found: wishes, slots let go, slots with no preference, and the tokens that said it.

    `sure`: something in it can hardly mean anything but a wish (an amount with a limit, "any price").
    """

    wishes: tuple[Wish, ...] = ()
    forget: tuple[str, ...] = ()
    indifferent: tuple[str, ...] = ()
    covered: frozenset[int] = frozenset()
    sure: bool = False
    home: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wishes or self.forget or self.indifferent)


@dataclass
class _Found:
    wishes: list[Wish] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)
    indifferent: list[str] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    home: list[str] = field(default_factory=list)
    sure: bool = False

    def cover(self, span: Span) -> None:
        self.covered.update(range(span.first, span.last))


class WishReader:
    """Reads wishes by the slots' own words and the knowledge's places."""

    def __init__(self, slots: Mapping[str, Slot], knowledge: Knowledge) -> None:
        self._slots = slots
        self._places: dict[str, Place] = {p.id: p for p in knowledge.places}
        self._programs = knowledge.programs
        self.phrases: Phrases[tuple[str, str, str]] = Phrases()
        for slot in slots.values():
            for value, said in slot.values.items():
                for phrase in said:
                    self.phrases.add(phrase, (slot.name, "value", value))
            for phrase in slot.any:
                self.phrases.add(phrase, (slot.name, "any", ""))
            for phrase in slot.drop:
                self.phrases.add(phrase, (slot.name, "drop", ""))
        self._words: Phrases[str] = Phrases((w, s.name) for s in slots.values() for w in s.words)
        self._own = OwnReader(knowledge)
        self._liked: Phrases[str] = Phrases(liked(self._own.fields.values()) if "priorities" in slots else ())
        self._own_slots = {s.field: s.name for s in slots.values() if s.own}

    def vocabulary(self) -> set[str]:
        """The words by which wishes are understood."""
        own = self._own.vocabulary() | self._liked.vocabulary()
        return self.phrases.vocabulary() | self._words.vocabulary() | own

    def read(
        self,
        text: str,
        tokens: Sequence[Token],
        names: Sequence[Span[Entity]],
        amounts: Sequence[Amount],
        state: DialogueState,
        *,
        money: bool = False,
    ) -> Wished:
        """The wishes of a clause. `money`: a bare number is an amount of money (the talk is of budgets)."""
        found = _Found()
        found_cues = _cues.find(tokens, overlapping=True)
        soft = any(c.values[0] == "soft" for c in found_cues)
        also = any(c.values[0] == "also" for c in found_cues)
        self._let_go(tokens, found_cues, names, state, found)
        self._of_own_fields(text, tokens, names, state, found, soft)
        self._phrases(tokens, names, found, soft)
        self._place(text, tokens, names, amounts, found_cues, state, found, soft, also)
        self._names(tokens, names, found_cues, state, found)
        self._amounts(tokens, text, amounts, state, found, soft, money)
        self._interests(text, names, found)
        forget = tuple(s for s in dict.fromkeys(found.forget) if s not in {w.slot for w in found.wishes})
        return Wished(
            tuple(found.wishes), forget, tuple(dict.fromkeys(found.indifferent)), frozenset(found.covered), found.sure,
            tuple(found.home),
        )  # fmt: skip

    # ---- the pack's own fields ----

    def _of_own_fields(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], state: DialogueState, found: _Found,
        soft: bool,
    ) -> None:  # fmt: skip
        """ "Under 20 kg", "foldable", "in Powys": what is said of fields that only this pack has."""
        pending = self._slots.get(state.pending.slot or "") if state.pending is not None else None
        asked = pending.field if pending is not None else ""
        for said in self._own.read(text, tokens, names, asked):
            slot = self._own_slots.get(said.field)
            if slot is None or not said.value:
                continue
            found.wishes.append(Wish(slot, said.value, soft))
            found.covered.update(range(said.first, said.last))
            found.sure = found.sure or said.bounded
        for span in self._liked.find(tokens):
            if found.covered.isdisjoint(range(span.first, span.last)) and not self._denied(tokens, span.first):
                found.wishes.append(Wish("priorities", span.values[:1], soft, "add", _said(tokens, span)))
                found.cover(span)

    # ---- letting go ----

    def _let_go(
        self,
        tokens: Sequence[Token],
        cues: Sequence[Span[str]],
        names: Sequence[Span[Entity]],
        state: DialogueState,
        found: _Found,
    ) -> None:
        """ "Forget the location", "doesn't have to be New York", "location doesn't matter"."""
        said = {c.values[0]: c for c in cues}
        go = said.get("let_go") or said.get("no_matter") or said.get("fine")
        if go is None:
            return
        kind = go.values[0]
        for span in self._words.find(tokens):
            if kind in {"let_go", "no_matter"} and (span.first >= go.last or span.last <= go.first):
                found.forget.extend(self._group(span.values[0]))
                if kind == "no_matter":
                    found.indifferent.append(span.values[0])
                found.sure = True
                found.cover(span)
                found.cover(go)
        for name in names:
            if kind == "let_go" and name.values[0].kind in PLACE_KINDS and _follows(tokens, go, name):
                asked = tuple(state.profile.value("states") or ())
                dropped = {s for p in self._places_of(name) for s in p.states}
                if _said(tokens, go) in TAKING_OUT and not (dropped and dropped >= set(asked)):
                    if dropped & set(asked):
                        found.wishes.append(Wish("states", tuple(s for s in asked if s not in dropped)))
                        found.cover(name)
                        found.sure = True
                    continue  # "drop Florida", where it was not what was asked for, leaves it out
                found.forget.extend(PLACE_SLOTS)
                found.sure = True
                found.cover(name)
                found.cover(go)
        for value in self.phrases.find(tokens):
            slot = value.values[0][0]
            if value.values[0][1] == "value" and (kind in {"let_go", "fine"}) and not self._denied(tokens, value.first):
                # "private is fine" permits; it drops a wish for the other and adds no filter.
                after = _follows(tokens, go, value) if kind == "let_go" else 0 <= go.first - value.last <= 1
                if after and (state.profile.value(slot) is not None or kind == "fine"):
                    found.forget.append(slot)
                    found.sure = True
                    found.cover(value)
                    found.cover(go)

    def _group(self, slot: str) -> tuple[str, ...]:
        return (
            PLACE_SLOTS
            if slot in (*PLACE_SLOTS, "exclude_states")
            else (slot, "total_cost")
            if slot == "tuition"
            else (slot,)
        )

    # ---- words of slots ----

    def _phrases(self, tokens: Sequence[Token], names: Sequence[Span[Entity]], found: _Found, soft: bool) -> None:
        named = [
            n for n in names if n.values[0].kind in {"program", "school", "city", "state"} or is_listed(n.values[0])
        ]
        choices: dict[str, list[tuple[str, str]]] = {}
        for span in self.phrases.find(tokens):
            if any(n.covers(span) and len(n) > len(span) for n in named) or found.covered.intersection(
                range(span.first, span.last)
            ):
                continue
            for name, kind, value in span.values:
                slot = self._slots[name]
                if kind == "any":
                    found.indifferent.append(name)
                    found.forget.extend(self._group(name))
                    found.sure = True
                elif kind == "drop":
                    found.forget.append(name)
                    found.sure = True
                elif slot.kind == "choice":
                    denied = self._denied(tokens, span.first)
                    if denied and len(slot.values) == 2 and name == "control":
                        value = next(v for v in slot.values if v != value)
                    elif denied:
                        continue
                    choices.setdefault(name, []).append((value, _said(tokens, span)))
                elif slot.kind == "flag":
                    yes = (value == "yes") != self._denied(tokens, span.first)
                    found.wishes.append(Wish(name, yes, soft, said=_said(tokens, span)))
                elif slot.kind == "list" and not self._denied(tokens, span.first):
                    found.wishes.append(Wish(name, (value,), soft, "add", _said(tokens, span)))
                found.cover(span)
        for name, values in choices.items():
            value, said = values[0]
            if len({v for v, _ in values}) == 1:
                found.wishes.append(Wish(name, value, soft, said=said))
            elif name == "control":
                found.indifferent.append(name)
                found.forget.append(name)
            else:
                # "industry, no intention of getting a PhD": the first that is not denied counts.
                found.wishes.append(Wish(name, value, soft, said=said))

    def _refusing(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the whole clause says what not to show: "don't suggest stuff over 60k or in PA"."""
        words = [t.norm for t in tokens[:at]]
        refused = any(a in NOT and b in SHOWING for a, b in pairwise(words))
        return refused and not {"but", "except", "just", "only"} & set(words)

    def _places_of(self, name: Span[Entity]) -> list[Place]:
        """The places that a name may mean."""
        return [self._places[e.id] for e in name.values if e.id in self._places]

    def _denied(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a "not" of some kind reaches the token at `at`: up to four words before it, within the phrase."""
        before = list(range(max(0, at - 4), at))
        if self._refusing(tokens, at):
            return True
        for i in reversed(before):
            word = tokens[i].norm
            if word in {"meant", "mean", "leave", "leaving"}:
                return False  # "not leaving Texas" wants Texas
            if tokens[i].end + 1 < tokens[i + 1].start:  # punctuation stands between them: "wait no, public"
                return False
            if i == at - 1 and word in TAKING_OUT:
                return True
            if word in NOT or (i > 0 and (tokens[i - 1].norm, word) in NOT_PAIRS):
                return True
            if word in {"but", "then", "so", "because", "want", "need"} and word != "want":
                return i > 0 and (tokens[i - 1].norm, word) in NOT_PAIRS
        return False

    # ---- places ----

    def _place(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount],
        cues: Sequence[Span[str]], state: DialogueState, found: _Found, soft: bool, also: bool,
    ) -> None:  # fmt: skip
        spans = [n for n in names if any(e.kind in PLACE_KINDS for e in n.values) and n.first not in found.covered]
        cities = [s for s in spans if all(e.kind in {"city", "metro"} for e in s.values)]
        states: list[str] = []
        towns: list[str] = []
        out: list[str] = []
        out_programs: list[str] = []
        denying = False
        for n, span in enumerate(spans):
            place = self._reading(span, tokens, bool(cities))
            if place is None:
                continue
            lead = [
                c
                for c in cues
                if c.last == span.first
                or (c.last == span.first - 1 and tokens[span.first - 1].norm in {"the", "greater"})
            ]
            kinds = {c.values[0] for c in lead}
            for cue in lead:
                found.cover(cue)
            of_schools = (
                any(t.norm in SET for t in tokens) or tokens[0].norm in _OF_SCHOOLS
            ) and "own_home" not in kinds
            if "home" in kinds and not of_schools and not self._denied(tokens, span.first):
                found.home.append(place.id)
                found.cover(span)
                if any(c.values[0] == "own_home" for c in lead) and len(place.states) == 1:
                    found.wishes.append(Wish("residency", place.states[0]))
                continue
            # "not in Texas or Florida": the "not" reaches over "or" and commas to the next place.
            joined = n > 0 and all(t.norm in {"or", "and", "nor"} for t in tokens[spans[n - 1].last : span.first])
            denying = self._denied(tokens, span.first) or (denying and joined)
            found.cover(span)
            beside = {tokens[i].norm for i in (span.first - 1, span.last) if 0 <= i < len(tokens)}
            found.sure = found.sure or "only" in beside
            if denying:
                now = state.profile.value("states") or ()
                if set(place.states) & set(now) and len(spans) > 1:
                    continue  # "California instead of New York": the old place goes with the new one's coming
                if place.kind == "city":
                    out_programs += [p.id for p in self._programs.values() if p.value("city") in place.cities]
                else:
                    out += [*place.states, *place.maybe]
                continue
            miles = next((a.most for a in amounts if a.kind == "miles"), None)
            if kinds & {"near", "drive"} or (miles and place.latitude is not None):
                reach = miles or (DRIVE_MILES if "drive" in kinds else NEAR_MILES)
                if place.latitude is not None:
                    found.wishes.append(Wish("near", {"place": _title(place), "miles": int(reach)}, soft))
                    found.sure = True
                    continue
            if (
                place.kind in {"city", "metro"}
                or (place.cities and not place.states)
                or place.cities
                and place.kind == "region"
            ):
                towns += place.cities
            else:
                states += place.states
        how: Change = "add" if also and not (states and towns) else "set"
        if states:
            found.wishes.append(Wish("states", tuple(dict.fromkeys(states)), soft, how))
        if towns:
            found.wishes.append(Wish("cities", tuple(dict.fromkeys(towns)), soft, how))
        if out:
            found.wishes.append(Wish("exclude_states", tuple(dict.fromkeys(out)), soft, "add"))
        if out_programs:
            found.wishes.append(Wish("exclude_programs", tuple(dict.fromkeys(out_programs)), soft, "add"))

    def _reading(self, span: Span[Entity], tokens: Sequence[Token], among_cities: bool) -> Place | None:
        """The place that a name means: "new york" is the city beside other cities or before "city", else the state."""
        places = [self._places[e.id] for e in span.values if e.kind in PLACE_KINDS]
        if len(places) < 2:
            return places[0] if places else None
        follows = tokens[span.last].norm if span.last < len(tokens) else ""
        if follows == "city":
            wanted = "city"
        elif follows in {"state", "area"}:
            wanted = "state" if follows == "state" else "metro"
        else:
            wanted = "city" if among_cities else "state"
        ranked = sorted(
            places, key=lambda p: (p.kind != wanted, {"state": 0, "region": 1, "city": 2, "metro": 3}[p.kind])
        )
        return ranked[0]

    # ---- schools and companies ----

    def _names(
        self,
        tokens: Sequence[Token],
        names: Sequence[Span[Entity]],
        cues: Sequence[Span[str]],
        state: DialogueState,
        found: _Found,
    ) -> None:
        out, companies = [], []
        ended, denying = -1, False
        refused = [c.last for c in cues if c.values[0] == "turned_down"]
        for span in names:
            kinds = {e.kind for e in span.values}
            joined = 0 <= ended <= span.first and all(
                t.norm in {"or", "and", "nor"} for t in tokens[ended : span.first]
            )
            corrects = state.last == "facts" and span.first == 1 and span.last == len(tokens)  # "no, Penn State"
            denied = self._denied(tokens, span.first) and not corrects
            denied = denied or span.first in refused or _taken_out(tokens, span)
            denying = "program" in kinds and (denied or (denying and joined))
            ended = span.last
            if denying:
                out += [e.id for e in span.values if e.kind == "program"]
                found.cover(span)
            elif "company" in kinds and not kinds & {"program", "school"} and not self._denied(tokens, span.first):
                companies += sorted((e.id for e in span.values if e.kind == "company"), key=len)
                found.cover(span)
        if out:
            found.wishes.append(Wish("exclude_programs", tuple(dict.fromkeys(out)), how="add"))
            found.sure = True
        if companies and "companies" in self._slots:
            found.wishes.append(Wish("companies", tuple(dict.fromkeys(companies))))

    # ---- amounts ----

    def _amounts(
        self,
        tokens: Sequence[Token],
        text: str,
        amounts: Sequence[Amount],
        state: DialogueState,
        found: _Found,
        soft: bool,
        money: bool,
    ) -> None:
        for amount in amounts:
            if any(i in found.covered and amount.start <= t.start < amount.end for i, t in enumerate(tokens)):
                continue  # a field of the pack's own has it
            first = next((i for i, t in enumerate(tokens) if t.start >= amount.start), 0)
            corrected = (
                first > 0 and tokens[first - 1].norm in {"not", "of"} and len(amounts) > 1 and amount.bound == "exact"
            )
            wish = None if corrected else self._amount(amount, text, state, money)  # "70k, not 20k"
            if wish is not None and isinstance(wish.value, dict) and self._refusing(tokens, first):
                wish = replace(wish, value=_turned(wish, amount))
            if wish is None or wish.slot not in self._slots:
                continue
            merged = next(
                (
                    w
                    for w in found.wishes
                    if w.slot == wish.slot and isinstance(w.value, dict) and isinstance(wish.value, dict)
                ),
                None,
            )
            if merged is not None and wish.slot != "near":
                found.wishes[found.wishes.index(merged)] = Wish(
                    wish.slot, {**merged.value, **wish.value}, said=amount.text
                )
            else:
                found.wishes.append(Wish(wish.slot, wish.value, False, wish.how, amount.text, is_strict(amount)))
            found.sure = (
                found.sure or amount.bound in {"max", "min", "between"} or (amount.kind == "money" and amount.sure)
            )
            found.covered.update(i for i, t in enumerate(tokens) if t.start < amount.end and amount.start < t.end)

    def _amount(self, amount: Amount, text: str, state: DialogueState, money: bool) -> Wish | None:
        kind = amount.kind
        if (
            kind == "number"
            and (money or (amount.bound != "exact" and (amount.most or amount.least or 0) >= 3000))
            and _plausible_budget(amount, money)
        ):
            kind = "money"
        if kind == "money" and amount.currency in {"USD", ""}:
            return _budget(amount)
        if kind == "percent" and (amount.most or amount.least or 0) <= 100:
            return Wish("graduation_rate", _ends(amount, "min"))
        if kind == "months" and (amount.sure or amount.bound != "exact"):
            return Wish("duration_months", {"max": int(amount.most or amount.least or 0)})
        if kind == "rank" and (amount.most or amount.least) and amount.bound in {"max", "between"} and amount.sure:
            return Wish("rank", {"max": int(amount.most or amount.least or 0)})
        if kind == "gpa" and amount.bound == "exact":
            return Wish("gpa", amount.most)
        return None

    # ---- interests ----

    def _interests(self, text: str, names: Sequence[Span[Entity]], found: _Found) -> None:
        """ "Interested in robotics or NLP for health": topics that no slot and no name accounts for."""
        interests = []
        for match in [*_INTEREST.finditer(text), *_PASSION.finditer(text)]:
            for part in re.split(r",|/|\band\b|\bor\b|\bwith\b|\bfor\b|\bbut\b|\bin\b", match[1]):
                phrase = " ".join(w for w in part.split() if w not in {"the", "a", "some", "my"})
                taken = any(phrase in " ".join(key(str(e.id))) for s in names for e in s.values)
                if _topic(phrase) and not taken and not self.phrases.find(tokenise(phrase)):
                    interests.append(phrase)
        if interests:
            found.wishes.append(Wish("interests", tuple(dict.fromkeys(interests)), how="add"))


def _taken_out(tokens: Sequence[Token], name: Span) -> bool:
    """ "Take Syracuse out", "cross NYU off"."""
    before = tokens[name.first - 1].norm if name.first else ""
    after = tokens[name.last].norm if name.last < len(tokens) else ""
    return before in {"take", "leave", "cross", "kick", "strike", "keep", "throw"} and after in {"out", "off"}


def _turned(wish: Wish, amount: Amount) -> dict[str, Any]:
    """The other end of a limit: nothing "below 95" is 95 at least, and nothing "over 60k" at most 60k."""
    held = next(iter(wish.value.values()))
    return {"min": held} if amount.bound == "max" else {"max": held} if amount.bound == "min" else wish.value


def _follows(tokens: Sequence[Token], cue: Span, name: Span) -> bool:
    """Whether a name comes soon after a cue and in the same stretch: "forget all that: Texas" starts anew."""
    between = tokens[cue.last - 1 : name.first + 1]
    near = 0 <= name.first - cue.last <= 3
    return near and all(a.end + 1 >= b.start for a, b in pairwise(between))


def _topic(phrase: str) -> bool:
    """Whether a phrase can be an interest: up to four words, one of which says something, and no figure."""
    words = key(phrase)
    telling = [w for w in words if w not in _NO_INTEREST and w not in _EMPTY and (len(w) > 2 or w in {"rl", "cv"})]
    return bool(telling) and len(words) <= 4 and not re.search(r"\d", phrase)


def _said(tokens: Sequence[Token], span: Span) -> str:
    return " ".join(t.text for t in tokens[span.first : span.last])


def _title(place: Place) -> str:
    return place.cities[0] if place.cities else place.names[0].title()


def _plausible_budget(amount: Amount, money: bool) -> bool:
    """ "Under 60" after talk of money is 60 thousand; "under 4" is not money."""
    top = amount.most or amount.least or 0
    return 5 <= top <= 150 or top >= (1000 if money else 3000)


def _budget(amount: Amount) -> Wish | None:
    """A budget a year: totals spread over the years said, months and semesters made a year of."""
    scale = 1000 if (amount.kind == "number" and (amount.most or amount.least or 0) < 1000) else 1
    factor: float = {"month": 12, "semester": 2}.get(amount.per, 1) * scale
    if amount.per == "credit":
        return None
    slot = "tuition"
    if amount.per == "total":
        if amount.years:
            factor = factor / amount.years
        else:
            slot = "total_cost"
    ends = {k: round(v * factor) for k, v in _ends(amount, "max").items()}
    return Wish(slot, ends)


def _ends(amount: Amount, default: str) -> dict[str, int]:
    """The ends of a range that an amount gives; one with no word of limit gives the slot's own end."""
    least, most = amount.least, amount.most
    if amount.bound == "between" and least is not None and most is not None:
        return {"min": round(least), "max": round(most)}
    if amount.bound == "max" and most is not None:
        return {"max": round(most)}
    if amount.bound == "min" and least is not None:
        return {"min": round(least)}
    value = most if most is not None else least
    return {default: round(value or 0)}
