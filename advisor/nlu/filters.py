"""What a question restricts the table to: amounts, names in lists, modes, and values that are or are not given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge import AnyOf, Field, Filter, Knowledge, Test, Track

from advisor.nlu.cues import phrases_of
from advisor.nlu.entities import Entity, is_listed
from advisor.nlu.own import OwnReader, fields_of
from advisor.nlu.patterns import PLURALS, SET
from advisor.nlu.phrases import Phrases, Span, Token, key, tokenise
from advisor.nlu.units import LEAST_BUDGET
from advisor.nlu.values import Amount

TYPE_OF = {"money": "money", "percent": "percent", "gpa": "gpa", "months": "duration", "credits": "credits"}
"""The type of a field, or the item of a list, that an amount of a kind is a value of. A rank is of "rank" alone."""
NUMERIC = frozenset(("integer", "number", "percent", "money"))
"""The types of fields whose values are single numbers."""
MORE = frozenset(
    ("more", "higher", "greater", "over", "above", "pricier", "costlier", "bigger", "beyond", "longer", "exceeding")
)
LESS = frozenset(("less", "cheaper", "lower", "fewer", "under", "below", "smaller", "shorter"))
WORSE_RANK = re.compile(r"\b(lower than|below|worse than|after|lower ranked than)\b(?!.*\btop\b)")
"""A rank that does not count itself; "outside the top 10" is read as "from 11 on" already."""
RANKS = re.compile(
    r"\brank(?:ed|s|ing)?\b(?: \w+){0,2} #?(\d{1,2})(?:st|nd|rd|th)? ?(?:-|to|and|through) ?#?(\d{1,2})\b"
)
STRICT = re.compile(
    r"\b(over|above|exceed\w*|(?:more|greater|higher|better|bigger|larger|pricier|costlier|dearer) than|beyond|north of"
    r"|more expensive than|less expensive than|(?:less|lower|cheaper|fewer|smaller|shorter|worse) than|under|below)\b"
)
INCLUSIVE = re.compile(
    r"\b(?:no|not|never|nothing|cannot|cant|dont|doesnt)\b|n't\b"
    r"|\bor (?:less|more|better|lower|under|below|higher|above|over|cheaper|equal)\b"
)
"""A refusal turns a strict limit into one that holds itself: "no more than"."""
ABSENT_REACH, GIVEN_REACH = 4, 1
"""How many tokens from "without" or "list" the name of a field may stand."""
LEAD = 20
"""How many characters before a rank may say that worse ones are meant."""
ENTRY = 4
"""The most words of an entry that are looked for beside its field's name."""

_presence = phrases_of(("absent", "given"))
_ENTRY_LEAD = frozenset(("in", "on", "for", "of", "a", "an", "the", "called", "about"))


@dataclass(frozen=True)
class Restrictions:
    """The tests of a clause, and the tokens that say them beside amounts, names and fields."""

    tests: tuple[Test, ...] = ()
    covered: frozenset[int] = frozenset()


class FilterReader:
    """Reads restrictions by the fields' own words and by the names that the knowledge lists."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.fields = knowledge.fields
        self.words: Phrases[str] = Phrases((w, f.name) for f in knowledge.fields.values() for w in f.words)
        self._values: Phrases[tuple[str, str]] = Phrases(
            (said, (f.name, value))
            for f in knowledge.fields.values()
            if f.type == "list"
            for value, phrases in f.values.items()
            for said in phrases
        )
        self._lookup = _lookup_fields(knowledge)
        self._short = _shortest_names(knowledge)
        self.own = OwnReader(knowledge)
        self._entries = _track_names(knowledge)

    def field(self, names: Sequence[str]) -> Field:
        """Of fields that one word may mean, the one that has a better and a worse end."""
        return self.fields[next((n for n in names if self.fields[n].better), names[0])]

    def spans(self, tokens: Sequence[Token]) -> list[Span[str]]:
        """The fields' names in a text. "Which colleges" asks for schools, whatever "which college" may ask for."""
        return [s for s in self.words.find(tokens) if tokens[s.last - 1].text not in PLURALS]

    def named(self, tokens: Sequence[Token]) -> list[str]:
        """The fields named in a text, in order."""
        return [self.field(s.values).name for s in self.spans(tokens)]

    def lookup_fields(self, kind: str) -> tuple[str, ...]:
        """The fields in which names of a kind stand, the most telling first."""
        return self._lookup.get(kind, ())

    def kinds(self, kind: str) -> list[str]:
        """The fields whose values are amounts of a kind, in the knowledge's order."""
        if kind == "rank":
            return [n for n in self.fields if n == "rank"]
        wanted = TYPE_OF.get(kind)
        return [f.name for f in self.fields.values() if wanted and wanted in {f.type, f.item}]

    def read(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount]
    ) -> Restrictions:
        """Every restriction of a clause but those of place and kind of school, which are wishes."""
        own, said_own = self.own.tests(text, tokens, names)
        limited = {name for test in own for name in fields_of(test)}
        compared = [t for t in self.comparisons(text, tokens, amounts) if not limited & fields_of(t)]
        modes = self._mode_spans(tokens, names)
        entries = self._entries_beside(tokens, names)
        tests = (
            *own,
            *compared,
            *self.lookups(tokens, names),
            *(Filter(field, "has", value) for s in modes for field, value in s.values[:1]),
            *(Filter(field, "has", said) for field, said, _ in entries),
        )
        spans = [*((s.first, s.last) for s in modes), *((first, last) for _, _, (first, last) in entries)]
        covered = frozenset(i for first, last in spans for i in range(first, last))
        return Restrictions(tests, covered | said_own)

    # ---- amounts ----

    def comparisons(self, text: str, tokens: Sequence[Token], amounts: Sequence[Amount]) -> list[Test]:
        """Amounts that test a field of their own kind: "cost more than 60k", "minimum gpa of 3.0", "16 months"."""
        out: list[Test] = []
        if "perfect" in {t.norm for t in tokens}:
            perfect = [n for n in self.named(tokens) if self.fields[n].most_number]
            out += [Filter(n, "==", self.fields[n].most_number) for n in perfect[:1]]
        ranks = RANKS.search(text) if "rank" in self.fields else None
        if ranks:
            out += [Filter("rank", ">=", int(ranks[1])), Filter("rank", "<=", int(ranks[2]))]
        for amount in amounts:
            if ranks and amount.kind in {"rank", "number"}:
                continue
            field = self._field_of(amount, tokens)
            if field is not None:
                out += self._bounds(field, amount, text, tokens)
        return out

    def _field_of(self, amount: Amount, tokens: Sequence[Token]) -> str | None:
        """The field that an amount tests: of those of its kind the one named nearest, else the first."""
        if amount.kind != "number":
            return self._nearest(self.kinds(amount.kind), amount, tokens) or next(iter(self.kinds(amount.kind)), None)
        value = amount.most if amount.most is not None else amount.least or 0
        numeric = [n for n, f in self.fields.items() if f.type in NUMERIC - {"money"} or f.item in {"gpa", "credits"}]
        named = [n for n in self.named(tokens) if n in numeric]
        bounded = amount.bound != "exact" or bool(self._than(tokens, amount)) or self._beside(tokens, amount, named)
        if not bounded:
            return None
        if value >= LEAST_BUDGET:
            money = self.kinds("money")
            return self._nearest(money, amount, tokens) or next(iter(money), None)
        return self._nearest(numeric, amount, tokens)

    def _nearest(self, fields: Sequence[str], amount: Amount, tokens: Sequence[Token]) -> str | None:
        """Of some fields the one that is named nearest to an amount; None where none is named."""
        near: list[tuple[int, str]] = []
        for span in self.spans(tokens):
            name = self.field(span.values).name
            start, end = tokens[span.first].start, tokens[span.last - 1].end
            gap = amount.start - end if end <= amount.start else max(0, start - amount.end)
            near += [(gap, name)] if name in fields else []
        return min(near)[1] if near else None

    def _beside(self, tokens: Sequence[Token], amount: Amount, numeric: Sequence[str]) -> bool:
        """Whether the amount directly follows a field's name: "gpa of 3.0", "score 60"."""
        for span in self.spans(tokens):
            if self.field(span.values).name in numeric:
                gap = [t for t in tokens[span.last :] if t.start < amount.start]
                if (
                    len(gap) <= 1
                    and tokens[span.last - 1].start < amount.start
                    and all(t.norm in {"of", "is", "at"} for t in gap)
                ):
                    return True
        return False

    def _than(self, tokens: Sequence[Token], amount: Amount) -> str | None:
        """The test that the words before an amount make: "more expensive than $60k" → ">"."""
        before = [t.norm for t in tokens if t.end <= amount.start][-5:]
        if "than" not in before[-2:]:
            return None
        lead = before[: len(before) - 1 - before[::-1].index("than")]
        kept = [w for w in lead if w in MORE | LESS]
        if not kept:
            return None
        negated = bool({"no", "not"} & set(lead))
        if kept[0] in MORE:
            return "<=" if negated else ">"
        return ">=" if negated else "<"

    def _bounds(self, field: str, amount: Amount, text: str, tokens: Sequence[Token]) -> list[Test]:
        least, most = amount.least, amount.most
        value = most if most is not None else least
        part = self._part(field, tokens)
        said = amount.text if amount.bound != "exact" else text[max(0, amount.start - LEAD) : amount.end]
        if field == "rank" and WORSE_RANK.search(said):
            return [Filter(field, ">", value)]
        than = self._than(tokens, amount)
        if than is not None and amount.bound == "exact":
            return [Filter(field, than, value, part)]  # type: ignore[arg-type]
        if amount.bound == "between" and least is not None and most is not None and least != most:
            return [Filter(field, ">=", least, part), Filter(field, "<=", most, part)]
        strict = is_strict(amount)
        if amount.bound == "max" and most is not None:
            return [Filter(field, "<" if strict and field != "rank" else "<=", most, part)]
        if amount.bound == "min" and least is not None:
            return [Filter(field, ">" if strict else ">=", least, part)]
        return [Filter(field, "==", value, part)]

    def _part(self, field: str, tokens: Sequence[Token]) -> str:
        """The kind of GPA that is meant."""
        words = {t.norm for t in tokens}
        if self.fields[field].item != "gpa":
            return ""
        if words & {"minimum", "min", "require", "requirement", "required", "cutoff", "least", "need"}:
            return "minimum"
        return "average_admitted" if "average" in words else ""

    # ---- names ----

    def lookups(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> list[Test]:
        """Names that stand in lists of programs: who works with, who has, who offers."""
        out: list[list[Filter]] = []
        ended: tuple[str, int] | None = None
        for span in names:
            entities = [e for e in span.values if is_listed(e)]
            if not entities or any(e.kind in {"program", "school"} for e in span.values):
                continue
            fields = dict.fromkeys(f for e in entities for f in self._narrowed(e.kind, span, tokens))
            values = dict.fromkeys([self._short.get((entities[0].kind, span.phrase), ""), *(e.id for e in entities)])
            tests = [Filter(f, "has", v) for f in fields for v in values if v]
            between = [t.norm for t in tokens[ended[1] : span.first]] if ended else []
            if ended and ended[0] == entities[0].kind and between == ["or"]:  # "by Boeing or Lumen": either will do
                tests = [*out.pop(), *tests]
            out.append(tests)
            ended = entities[0].kind, span.last
        return [AnyOf(tuple(tests)) if len(tests) > 1 else tests[0] for tests in out]

    def _narrowed(self, kind: str, name: Span[Entity], tokens: Sequence[Token]) -> tuple[str, ...]:
        """The fields of a kind of name that the wording means: who "hires" is an employer, and perhaps no partner."""
        fields = self.lookup_fields(kind)
        said = {f for s in self.words.find(tokens) if not name.overlaps(s) for f in s.values}
        return tuple(f for f in fields if f in said) or fields

    def _mode_spans(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> list[Span[tuple[str, str]]]:
        """Values of list fields: "taught in the evening", "online", "a doctorate"."""
        return [s for s in self._values.find(tokens) if not any(n.overlaps(s) for n in names)]

    def _entries_beside(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]]
    ) -> list[tuple[str, str, tuple[int, int]]]:
        """Entries said beside the name of their field, with where they stand: "a robotics track", "a track in NLP"."""
        out = []
        for span in self.spans(tokens):
            field = self.field(span.values).name
            held = self._entries.get(field)
            if not held or any(n.overlaps(span) for n in names):
                continue
            after = next((i for i in range(span.last, len(tokens)) if tokens[i].norm not in _ENTRY_LEAD), len(tokens))
            before = [(first, span.first) for first in range(max(0, span.first - ENTRY), span.first)]
            behind = [(after, last) for last in range(min(len(tokens), after + ENTRY), after, -1)]
            for first, last in (*before, *(behind if after > span.last else ())):
                said = _held([t.norm for t in tokens[first:last]], held)
                if said:
                    out.append((field, said, (first, last)))
                    break
        return out

    def presence(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]] = (), amounts: Sequence[Amount] = ()
    ) -> tuple[list[Filter], frozenset[int]]:
        """ "Which don't have a graduation rate listed" → the field is absent; "which list labs" → it is given.

        And the tokens that say so. The "no" of "no more than" says nothing of a value.
        """
        asked = any(t.norm in {"which", "who", "list", "show", "name", "many", "count", "number"} for t in tokens)
        words = [w for w in self.spans(tokens) if not any(n.overlaps(w) for n in names)]
        for span in sorted(_presence.find(tokens), key=lambda s: s.values[0] != "absent"):
            kind = span.values[0]
            limits = any(a.start <= tokens[span.first].start < a.end for a in amounts)
            of_schools = asked or any(t.norm in SET for t in tokens[: span.first])
            if limits or (kind == "given" and not of_schools):
                continue
            field = self._of_presence(kind, span, words)
            if field is not None:
                said = _presence.find(tokens)
                covered = frozenset(i for s in said for i in range(s.first, s.last))
                return [Filter(field, "absent" if kind == "absent" else "given")], covered
        return [], frozenset()

    def _of_presence(self, kind: str, span: Span[str], words: Sequence[Span[str]]) -> str | None:
        """The field nearest to "without" or "list", one that follows before one that comes first."""
        near: list[tuple[bool, int, str]] = []
        for word in words:
            field = self.field(word.values)
            single = kind == "given" and field.type != "list"
            if single or field.type == "choice" or field.item == "format" or word.overlaps(span):
                continue
            follows = 0 <= word.first - span.last <= (ABSENT_REACH if kind == "absent" else GIVEN_REACH)
            leads = 0 <= span.first - word.last <= ABSENT_REACH and (kind == "absent" or "listed" in span.phrase)
            if follows or leads:
                near.append((not follows, abs(word.first - span.first), field.name))
        return min(near)[2] if near else None


def is_strict(amount: Amount) -> bool:
    """Whether a limit leaves itself out: "over 60k", and not "60k or more" or "no more than 60k"."""
    return STRICT.search(amount.text) is not None and INCLUSIVE.search(amount.text) is None


def _lookup_fields(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Kind of name → the list fields whose entries are such names, then the prose that may tell of them."""
    out: dict[str, list[str]] = {}
    for field in knowledge.fields.values():
        if field.entity:
            out.setdefault(field.entity, []).append(field.name)
    more = {"company": ("funding", "location_advantages"), "person": ("details", "labs")}
    return {k: (*v, *(f for f in more.get(k, ()) if f in knowledge.fields)) for k, v in out.items()}


def _track_names(knowledge: Knowledge) -> Mapping[str, tuple[tuple[Token, ...], ...]]:
    """Field → the words of every name that programs list, for the fields that list tracks."""
    names: dict[str, set[str]] = {f.name: set() for f in knowledge.fields.values() if f.item == "track"}
    for program in knowledge.programs.values():
        for field in names:
            for claim in program.claims.get(field, ()):
                entries = claim.value if isinstance(claim.value, tuple) else ()
                names[field].update(n for e in entries if isinstance(e, Track) for n in e.names)
    return {field: tuple(map(tokenise, sorted(said))) for field, said in names.items()}


def _held(words: Sequence[str], names: Sequence[tuple[Token, ...]]) -> str:
    """Words as they are written in a name that holds them; empty where none does."""
    for name in names:
        for at in range(len(name) - len(words) + 1):
            if [t.norm for t in name[at : at + len(words)]] == list(words):
                return " ".join(t.text for t in name[at : at + len(words)])
    return ""


def _shortest_names(knowledge: Knowledge) -> dict[tuple[str, tuple[str, ...]], str]:
    """(kind, name) → the shortest name of that kind that stands inside it: "ABET" in "ABET accredited"."""
    listed: dict[str, set[str]] = {}
    for program in knowledge.programs.values():
        for field, claims in program.claims.items():
            kind = knowledge.fields[field].entity
            if kind:
                for claim in claims:
                    listed.setdefault(kind, set()).update(_entries(claim.value))
    out = {}
    for kind, texts in listed.items():
        keys = {text: key(text) for text in texts}
        for text in texts:
            inside = [t for t in texts if keys[t] and set(keys[t]) < set(keys[text])]
            if kind == "accreditation" and inside:
                out[kind, keys[text]] = min(inside, key=len)
    return out


def _entries(value: object) -> Iterable[str]:
    if isinstance(value, tuple):
        for entry in value:
            yield entry if isinstance(entry, str) else getattr(entry, "name", "")
