"""Where a student lives or is from, as said: "TX", "out_of_state", "international", or nothing.

Living in or being from a place is residency; wanting to live there, staying, schools and prices are not. What is
said weighs more than what is implied (a BTech, lakhs), and where one lives more than where one is from. All cues
are in residency.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from advisor.nlu.entities import Entity
from advisor.nlu.phrases import Phrases, Span, Token, norm
from advisor.nlu.spots import Spot, SpotReader

REACH = 6
"""Tokens before a cue in which another person, or an "if", is looked for."""

LAW, LIVES, FROM, ONCE, IMPLIED = 5, 4, 3, 2, 1
"""How much a cue weighs where several speak: "from Ohio, Texas resident" is Texas."""

SCALES = {"toefl": (60, 120), "ielt": (4, 9), "pte": (30, 90), "duolingo": (80, 160), "det": (80, 160)}
"""The scores that a test, in the form of a token, can give: a number in it is the student's own."""


@dataclass(frozen=True)
class Residency:
    """A residency that was told: `value` is a state's code, "out_of_state" or "international".

    `said` are its words, the tokens `first` up to (not with) `last`. `sure`: said and not implied, and the place
    is the only likely one of its name (else the `others` of `spot` are its namesakes). `own`: told of the student, and
    not of a price ("the price for a texas resident"). `hypothetical`: a supposition.
    """

    value: str
    said: str
    first: int
    last: int
    sure: bool = True
    own: bool = True
    hypothetical: bool = False
    spot: Spot | None = None
    weight: int = FROM


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[str, ...]]:
    path = Path(__file__).resolve().parent / "residency.toml"
    return {name: tuple(said) for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _words(group: str) -> frozenset[str]:
    return frozenset(norm(w) for w in _cues()[group])


BEFORE = {"live": LIVES, "here": LIVES, "resident": LAW, "from": FROM, "once": ONCE, "bare": ONCE}
AFTER = {"live_after": LIVES, "from_after": FROM, "resident_after": LAW}
WORDS = (
    "verbs", "own", "others", "wishing", "if", "no_origin", "going", "places_to_go", "of_a_price", "of_the_student",
    "becoming", "person", "being", "rupees",
)  # fmt: skip


class ResidencyReader:
    """Reads residency. `states` gives the state of each program, for "in-state at UNC"."""

    def __init__(self, spots: SpotReader, states: Mapping[str, str] | None = None) -> None:
        self._spots = spots
        self._states = dict(states or {})
        groups = (*BEFORE, *AFTER, "in_state", "out_of_state", "international", "visa", "settled", "citizen",
                  "degree_abroad", "studied")  # fmt: skip
        self._phrases: Phrases[str] = Phrases((said, g) for g in groups for said in _cues()[g])
        self._schools: Phrases[str] = Phrases((said, said) for said in _cues()["schools_abroad"])
        self._word = {group: _words(group) for group in WORDS}

    def vocabulary(self) -> set[str]:
        """The words of the cues."""
        return self._phrases.vocabulary()

    def read(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> Residency | None:
        """The residency told in a text; None where none is, or where it tells of being a US citizen and no state.

        `names` are those that `Names.find` gives for the tokens.
        """
        told = self.told(tokens, names)
        return told[0] if told else None

    def told(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> tuple[Residency, ...]:
        """All that is told of residency, what weighs most first."""
        cues = self._phrases.find(tokens, overlapping=True)
        settled = [c for c in cues if "settled" in c.values and not self._inside(c, cues, "international")]
        found = [
            *self._of_places(tokens, names, cues),
            *self._of_states(tokens, names, cues),
            *self._of_status(tokens, cues),
            *self._of_people(tokens, names),
        ]
        if not found and not settled:
            found = [*self._implied(tokens, names, cues)]
        if settled:
            found = [r for r in map(lambda r: self._settled(r, cues), found) if r is not None]
        found = [replace(r, hypothetical=self._supposed(tokens, r.first)) for r in found]
        return tuple(sorted(found, key=lambda r: (r.hypothetical, not r.own, -r.weight, r.first)))

    def rates(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The kinds of price that a text names, in order: "in_state", "out_of_state", "international".

        "resident vs non resident" names two. What tells of a wish to go somewhere names none.
        """
        spans = self._phrases.find(tokens, overlapping=True)
        kinds = ("in_state", "out_of_state", "international")
        found = [(s, v) for s in spans for v in s.values if v in kinds and not self._is_going(tokens, s)]
        apart = [(s, v) for s, v in found if not any(o is not s and o.covers(s) and len(o) > len(s) for o, _ in found)]
        permanent = {i for i, t in enumerate(tokens) if t.norm in {"permanent", "legal"}}
        return tuple(
            dict.fromkeys(v for s, v in apart if s.first - 1 not in permanent and not self._is_adjective(tokens, s))
        )

    def _is_adjective(self, tokens: Sequence[Token], cue: Span[str]) -> bool:
        """Whether "international" is said of something else: "international relations"."""
        follows = "" if cue.last >= len(tokens) or _gap(tokens, cue.last) else tokens[cue.last].norm
        known = self._word["of_a_price"] | {"", "here", "with", "so", "on", "is", "are", "at", "in"}
        return cue.phrase == ("international",) and follows not in known

    # ---- a place with a cue ----

    def _of_places(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], cues: Sequence[Span[str]]
    ) -> Iterator[Residency]:
        """ "I live in Boise", "student from Lagos", "texas resident"."""
        for cue in cues:
            group = next((g for g in cue.values if g in BEFORE), "")
            if group == "bare" and any(o is not cue and o.covers(cue) and set(o.values) & BEFORE.keys() for o in cues):
                continue
            if group and self._is_home(tokens, names, cue, group):
                strong = group not in {"here", "bare", "once"}
                spot = self._spots.at(tokens, names, cue.last, strong=strong)
                if spot is not None and (group != "bare" or self._is_origin(tokens, cue, spot)):
                    yield from self._lives(tokens, spot, min(cue.first, spot.first), spot.last, BEFORE[group])
            group = next((g for g in cue.values if g in AFTER), "")
            if group and not self._asks_how(tokens, cue.first):
                spot = self._spots.before(tokens, names, cue.first)
                if spot is not None and not self._of_another(tokens, spot.first):
                    yield from self._lives(tokens, spot, spot.first, cue.last, AFTER[group])

    def _lives(self, tokens: Sequence[Token], spot: Spot, first: int, last: int, weight: int) -> Iterator[Residency]:
        value = spot.residency
        if value is None:
            return
        denied = first > 0 and (tokens[first - 1].norm == "not" or _before(tokens, first, 2)[:2] == ["a", "not"])
        if denied:
            value = "out_of_state" if spot.country == "US" else ""
        if value:
            sure = spot.sure and weight > ONCE and not denied
            own = tokens[first].norm not in {"someone", "somebody"}
            own = own and not (weight == LAW and self._of_price(tokens, first, last))
            yield Residency(value, _said(tokens, first, last), first, last, sure, own, spot=spot, weight=weight)

    def _is_home(self, tokens: Sequence[Token], names: Sequence[Span[Entity]], cue: Span[str], group: str) -> bool:
        """Whether a cue before a place is of where the student lives, and not of a wish or of another."""
        first = cue.first
        lead = tokens[first]
        if lead.norm == "were" and "'" not in lead.text and "’" not in lead.text and lead.text != "were":
            return False
        if lead.norm == "were" and lead.text == "were" and not _starts(tokens, first):
            return False  # "alumni who were from": "we're" has lost its apostrophe only at the start
        if lead.text.endswith("s") and lead.norm in {"student", "applicant", "engineer", "developer", "candidate"}:
            return False
        if group == "bare" or lead.norm == "from":
            return True
        if (
            group in {"live", "here"}
            and lead.norm in self._word["verbs"]
            and not self._is_own_verb(tokens, names, first)
        ):
            return False
        return not self._of_another(tokens, first)

    def _is_own_verb(self, tokens: Sequence[Token], names: Sequence[Span[Entity]], first: int) -> bool:
        """Whether "live in" is said of the student, as it is now: not "want to live in", "cost of living in"."""
        words = [t.norm for t in tokens]
        verb, before = words[first], words[first - 1] if first else ""
        if (
            not _starts(tokens, first)
            and before not in self._word["own"]
            and not self._spots.before(tokens, names, first)
        ):
            return False
        if verb == "lived":  # that is over, but for "if I lived in" and "I have lived in"
            return bool(set(_before(tokens, first, 4)) & (self._word["if"] | {"have", "ive"}))
        if verb in {"working", "work"} and before not in {"im", "am", "currently", "i", "and"}:
            return False
        while first > 0 and words[first - 1] in {"i", "we", "currently", "now", "still", "also"}:
            first -= 1
        return first == 0 or words[first - 1] not in self._word["wishing"]

    def _of_another(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether the words before a cue tell of another person: "my wife lives in", "who come from"."""
        before = _before(tokens, first, 4)
        if tokens[first].norm in {"i", "im", "we", "my"}:
            return False
        for word in before:
            if word in {"i", "im", "we", "am"}:
                return False
            if word in self._word["others"]:
                return True
        return False

    def _is_origin(self, tokens: Sequence[Token], cue: Span[str], spot: Spot) -> bool:
        """Whether a bare "from" tells of the student: it begins a clause, or follows a name, and the clause ends."""
        if set(_sentence_before(tokens, cue.first, 6)) & self._word["no_origin"]:
            return False
        after = tokens[spot.last].norm if spot.last < len(tokens) else ""
        ends = spot.last >= len(tokens) or tokens[spot.last].start > tokens[spot.last - 1].end + 1
        goes_on = after in {"here", "with", "and", "looking", "applying", "want", "trying", "who"}
        clause = _before(tokens, cue.first, 8)
        few = len(clause) <= 3 or clause[-1] in self._word["being"]
        return (ends or goes_on) and few and after != "to"

    def _asks_how(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the words ask how to become a resident: "how do I get Texas residency", and no "if I got" it."""
        return not self._supposed(tokens, at) and bool(set(_before(tokens, at, 5)) & self._word["becoming"])

    # ---- in and out of state ----

    def _of_states(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], cues: Sequence[Span[str]]
    ) -> Iterator[Residency]:
        """ "I'd be in-state at UNC", "as an out-of-state student"."""
        rates = self.rates(tokens)
        for cue in cues:
            if self._is_going(tokens, cue) or self._of_another(tokens, cue.first):
                continue
            own = not self._of_price(tokens, cue.first, cue.last)
            if "out_of_state" in cue.values and "international" not in rates:
                if "in_state" in rates and not own:
                    continue  # "resident vs non resident" asks for both
                yield Residency(
                    "out_of_state", _said(tokens, cue.first, cue.last), cue.first, cue.last, own=own, weight=LAW
                )
            elif cue.phrase in {("in", "state"), ("instate",)} and "out_of_state" not in rates:
                spot = None
                for i in range(cue.last, min(cue.last + 3, len(tokens) - 1)):
                    if tokens[i].norm in {"for", "in", "of", "at"}:
                        spot = spot or self._spots.at(tokens, names, i + 1, strong=True)
                spot = spot or self._spots.before(tokens, names, cue.first)
                programs = [e.id for n in names for e in n.values[:1] if e.kind == "program"]
                state = (
                    spot.state if spot is not None else self._states.get(programs[0]) if len(programs) == 1 else None
                )
                if state is not None and len(state) == 2:
                    last = spot.last if spot is not None and spot.first >= cue.last else cue.last
                    said = _said(tokens, cue.first, last)
                    yield Residency(state, said, cue.first, last, own=own, spot=spot, weight=LAW)

    def _is_going(self, tokens: Sequence[Token], cue: Span[str]) -> bool:
        """Whether "out of state" is where to go: "going out of state", "out of state schools"."""
        if not set(cue.values) & {"in_state", "out_of_state"}:
            return False
        after = tokens[cue.last].norm if cue.last < len(tokens) and not _gap(tokens, cue.last) else ""
        return after in self._word["places_to_go"] or bool(set(_before(tokens, cue.first, 2)) & self._word["going"])

    def _of_price(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether the words are of a price or of students at large and not of the student who writes."""
        before = _before(tokens, first, 3)
        if set(before) & self._word["of_the_student"] and "pay" not in before:
            return False
        plural = tokens[last - 1].text.endswith("s") and tokens[last - 1].norm in {
            "resident",
            "student",
            "international",
        }
        follows = [t.norm for t in tokens[last : last + 2]] if last < len(tokens) and not _gap(tokens, last) else []
        if follows[:1] == ["student"] and not tokens[last].text.endswith("s"):
            follows = follows[1:] if not (last + 1 < len(tokens) and _gap(tokens, last + 1)) else []
        priced = bool(follows) and follows[0] in self._word["of_a_price"]
        return (
            plural
            or priced
            or bool(set(before) & {"for", "of", "do", "are", "does", "vs", "versus", "or", "charge", "with"})
        )

    # ---- status ----

    def _of_status(self, tokens: Sequence[Token], cues: Sequence[Span[str]]) -> Iterator[Residency]:
        """ "I'm an international student", "on an F-1"."""
        for cue in cues:
            said = _said(tokens, cue.first, cue.last)
            if self._of_another(tokens, cue.first):
                continue
            if "international" in cue.values and not self._inside(cue, cues, "international"):
                alone = cue.phrase in {("international",), ("intl",)}
                own = not self._of_price(tokens, cue.first, cue.last)
                if alone and own and not self._is_alone(tokens, cue):
                    continue  # "international business", "international airport"
                yield Residency("international", said, cue.first, cue.last, own=own, weight=LAW)
            elif "visa" in cue.values and not (
                set(_sentence(tokens)) & {"vacation", "japan", "canada", "uk", "europe", "trip"}
            ):
                before = _before(tokens, cue.first, 4)
                asks = bool({"do", "does", "can", "what", "how"} & set(before))
                stated = not asks and (
                    bool({"i", "im", "am", "as", "we"} & set(before)) or cue.phrase[0] in {"on", "my"}
                )
                if stated or cue.phrase[0] not in {"need", "require", "get"}:
                    own = stated or not self._of_price(tokens, cue.first, cue.last)
                    yield Residency(
                        "international", said, cue.first, cue.last, stated, own, weight=LAW if stated else ONCE
                    )

    def _is_alone(self, tokens: Sequence[Token], cue: Span[str]) -> bool:
        """Whether "international" is said of the student: "I'm international", "international, 25k", "as an intl"."""
        ends = (
            cue.last >= len(tokens)
            or _gap(tokens, cue.last)
            or tokens[cue.last].norm in {"here", "so", "and", "with", "on"}
        )
        return ends and (_starts(tokens, cue.first) or bool(set(_before(tokens, cue.first, 2)) & self._word["being"]))

    def _of_people(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> Iterator[Residency]:
        """ "Indian citizen", "I'm Nigerian", "as a Texan"."""
        for i in range(len(tokens)):
            hit = self._spots.world.named(tokens, i)
            if (
                hit is None
                or not hit.kind.startswith("people")
                or any(n.first <= i < n.last and len(n) > 1 for n in names)
            ):
                continue
            after = tokens[hit.last].norm if hit.last < len(tokens) else ""
            plural = (
                tokens[hit.last - 1].text.endswith("ns") or tokens[min(hit.last, len(tokens) - 1)].text == "students"
            )
            before = [w for w in _before(tokens, i, 3) if w not in {"a", "an"}]
            called = after in self._word["person"] and not _gap(tokens, hit.last)
            being = bool(before) and before[0] in self._word["being"]
            if plural or after == "american" or not (called or being) or self._of_another(tokens, i):
                continue
            last = hit.last + (1 if called else 0)
            home = hit.kind == "people_of_state"
            value = hit.code if home else "international"
            sure = after not in {"origin", "born"}
            weight = LIVES if home else LAW if after in {"citizen", "national", "passport"} else FROM
            yield Residency(value, _said(tokens, i, last), i, last, sure, weight=weight if sure else ONCE)

    # ---- what is implied ----

    def _implied(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], cues: Sequence[Span[str]]
    ) -> Iterator[Residency]:
        """Studies abroad: a BTech, a CGPA out of ten, a budget in lakhs, a score in a test of English."""
        for first, last in self._signs(tokens, names, cues):
            if not set(_sentence(tokens)) & {
                "accept",
                "accepted",
                "valid",
                "equivalent",
                "eligible",
                "allowed",
                "compared",
                "convert",
                "converted",
                "conversion",
            }:
                yield Residency("international", _said(tokens, first, last), first, last, False, weight=IMPLIED)

    def _signs(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], cues: Sequence[Span[str]]
    ) -> Iterator[tuple[int, int]]:
        for cue in cues:
            if "degree_abroad" in cue.values and not self._of_another(tokens, cue.first):
                yield cue.first, cue.last
            if "studied" in cue.values and not self._of_another(tokens, cue.first):
                near = tokens[: cue.last + 5]
                schools = [s for s in self._schools.find(near) if cue.last <= s.first <= cue.last + 1]
                taken = any(
                    n.first == s.first and n.values[0].kind == "program" and len(n) >= len(s)
                    for n in names
                    for s in schools
                )
                if schools and not taken:
                    yield cue.first, schools[0].last
                for i in range(cue.last, len(near)):
                    hit = self._spots.world.at(tokens, i)
                    abroad = hit is not None and (
                        hit.kind == "country" or (hit.city is not None and not hit.city.state)
                    )
                    if hit is not None and abroad and hit.sure and not self._spots.world.is_word(hit):
                        if not any(n.first <= i < n.last for n in names):
                            yield cue.first, hit.last
                        break
        for i, token in enumerate(tokens):
            around = [t.text for t in tokens[max(0, i - 3) : i + 4]]
            if token.norm in {"cgpa", "cpi"} and any(4.3 < n <= 10 for n in _numbers(tokens, i, 3)):
                yield i, i + 1
            elif token.norm in SCALES:
                low, high = SCALES[token.norm]
                mine = bool({"my", "got", "took", "gave", "have"} & set(around[:3]))
                if mine or any(low <= n <= high for n in _numbers(tokens, i, 2)):
                    yield i, i + 1
            elif token.norm in self._word["rupees"] and any(n > 0 for n in _numbers(tokens, i, 1)):
                yield i, i + 1

    # ---- what turns a reading ----

    def _settled(self, residency: Residency, cues: Sequence[Span[str]]) -> Residency | None:
        """A residency beside "US citizen", "green card", "H-1B": being from abroad says nothing then."""
        if residency.value != "international":
            return residency
        status = residency.spot is None and residency.weight == LAW
        if status:
            return residency
        if residency.weight == LIVES and any("citizen" in c.values for c in cues):
            return replace(residency, value="out_of_state", sure=False)
        return None

    def _supposed(self, tokens: Sequence[Token], first: int) -> bool:
        return (
            bool(set(_sentence_before(tokens, first, REACH)) & self._word["if"])
            or tokens[first].norm in self._word["if"]
        )

    def _inside(self, cue: Span[str], cues: Sequence[Span[str]], group: str) -> bool:
        """Whether a longer cue of a group holds this one: "not a us citizen" is no "us citizen"."""
        return any(group in c.values and c is not cue and c.covers(cue) and len(c) > len(cue) for c in cues)


def _said(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(t.text for t in tokens[first:last])


def _gap(tokens: Sequence[Token], at: int) -> bool:
    """Whether punctuation stands before a token: more than one blank (or a hyphen) parts it from the last."""
    return at > 0 and at < len(tokens) and tokens[at].start > tokens[at - 1].end + 1


def _starts(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or _gap(tokens, at)


def _before(tokens: Sequence[Token], first: int, reach: int) -> list[str]:
    """The words before a token in its clause, nearest first."""
    words: list[str] = []
    while first > 0 and len(words) < reach and not _gap(tokens, first):
        first -= 1
        words.append(tokens[first].norm)
    return words


def _sentence_before(tokens: Sequence[Token], first: int, reach: int) -> list[str]:
    """The words before a token, punctuation or not."""
    return [t.norm for t in tokens[max(0, first - reach) : first]]


def _sentence(tokens: Sequence[Token]) -> list[str]:
    return [t.norm for t in tokens]


def _numbers(tokens: Sequence[Token], at: int, reach: int) -> list[float]:
    """The numbers near a token; "8.4" is two tokens with a point between them."""
    found: list[float] = []
    i = max(0, at - reach)
    while i < min(len(tokens), at + reach + 1):
        token = tokens[i]
        if token.text.isdigit():
            following = tokens[i + 1] if i + 1 < len(tokens) else None
            if (
                following is not None
                and following.text.isdigit()
                and following.start == token.end + 1
                and len(token.text) < 3
            ):
                found.append(float(f"{token.text}.{following.text}"))
                i += 1
            else:
                found.append(float(token.text))
        i += 1
    return found
