"""What a question restricts the table to: amounts, names in lists, modes, and values that are or are not given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge import AnyOf, Field, Filter, Knowledge, Test

from advisor.nlu.cues import phrases_of
from advisor.nlu.entities import Entity, is_listed
from advisor.nlu.phrases import Phrases, Span, Token, key
from advisor.nlu.values import Amount

FIELD_OF = {
    "money": "tuition",
    "percent": "graduation_rate",
    "gpa": "gpa",
    "months": "duration",
    "rank": "rank",
    "credits": "credits",
}
"""The field that an amount speaks of when no field is named."""
MORE = frozenset(
    ("more", "higher", "greater", "over", "above", "pricier", "costlier", "bigger", "beyond", "longer", "exceeding")
)
LESS = frozenset(("less", "cheaper", "lower", "fewer", "under", "below", "smaller", "shorter"))
WORSE_RANK = re.compile(r"\b(lower than|below|worse than|outside|beyond|after|not in the top|lower ranked than)\b")
RANKS = re.compile(
    r"\brank(?:ed|s|ing)?\b(?: \w+){0,2} #?(\d{1,2})(?:st|nd|rd|th)? ?(?:-|to|and|through) ?#?(\d{1,2})\b"
)
STRICT = re.compile(
    r"\b(more than|over|above|exceed\w*|greater than|higher than|beyond|north of"
    r"|less than|under|below|lower than|cheaper than|fewer than)\b"
)
INCLUSIVE = re.compile(
    r"\b(no more than|not more than|no less than|not less than"
    r"|or less|or more|or better|or lower|or under|or below|or higher)\b"
)

_presence = phrases_of(("absent", "given"))


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

    def field(self, names: Sequence[str]) -> Field:
        """Of fields that one word may mean, the one that has a better and a worse end."""
        return self.fields[next((n for n in names if self.fields[n].better), names[0])]

    def named(self, tokens: Sequence[Token]) -> list[str]:
        """The fields named in a text, in order."""
        return [self.field(s.values).name for s in self.words.find(tokens)]

    def lookup_fields(self, kind: str) -> tuple[str, ...]:
        """The fields in which names of a kind stand, the most telling first."""
        return self._lookup.get(kind, ())

    def read(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount]
    ) -> list[Test]:
        """Every restriction of a clause but those of place and kind of school, which are wishes."""
        return [
            *self.comparisons(text, tokens, amounts),
            *self.lookups(text, tokens, names),
            *self.modes(tokens, names),
        ]

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
        """The field that an amount tests: its kind's, or that of the numbers' field named beside it."""
        named = self.named(tokens)
        field = FIELD_OF.get(amount.kind)
        if amount.kind == "money" and "salary" in named and "tuition" not in named:
            field = "salary"
        if amount.kind == "number":
            value = amount.most if amount.most is not None else amount.least or 0
            numeric = [
                n for n in named if self.fields[n].type in {"number", "percent", "integer"} or n in {"gpa", "credits"}
            ]
            bounded = (
                amount.bound != "exact"
                or self._than(tokens, amount) is not None
                or self._beside(tokens, amount, numeric)
            )
            if value >= 3000 and bounded:
                field = "tuition"
            elif numeric and bounded:
                field = numeric[0]
        return field if field in self.fields else None

    def _beside(self, tokens: Sequence[Token], amount: Amount, numeric: Sequence[str]) -> bool:
        """Whether the amount directly follows a field's name: "gpa of 3.0", "score 60"."""
        for span in self.words.find(tokens):
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
        if field == "rank" and WORSE_RANK.search(amount.text if amount.bound != "exact" else text):
            return [Filter(field, ">" if amount.bound != "min" else ">=", value)]
        than = self._than(tokens, amount)
        if than is not None and amount.bound == "exact":
            return [Filter(field, than, value, part)]  # type: ignore[arg-type]
        if amount.bound == "between" and least is not None and most is not None and least != most:
            return [Filter(field, ">=", least, part), Filter(field, "<=", most, part)]
        strict = STRICT.search(amount.text) is not None and INCLUSIVE.search(amount.text) is None
        if amount.bound == "max" and most is not None:
            return [Filter(field, "<" if strict and field != "rank" else "<=", most, part)]
        if amount.bound == "min" and least is not None:
            return [Filter(field, ">" if strict else ">=", least, part)]
        return [Filter(field, "==", value, part)]

    def _part(self, field: str, tokens: Sequence[Token]) -> str:
        """The kind of GPA that is meant."""
        words = {t.norm for t in tokens}
        if field != "gpa":
            return ""
        if words & {"minimum", "min", "require", "requirement", "required", "cutoff", "least", "need"}:
            return "minimum"
        return "average_admitted" if "average" in words else ""

    # ---- names ----

    def lookups(self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> list[Test]:
        """Names that stand in lists of programs: who works with, who has, who offers."""
        out: list[Test] = []
        for span in names:
            entities = [e for e in span.values if is_listed(e)]
            if not entities or any(e.kind in {"program", "school"} for e in span.values):
                continue
            fields = dict.fromkeys(f for e in entities for f in self._narrowed(e.kind, text))
            values = dict.fromkeys([self._short.get((entities[0].kind, span.phrase), ""), *(e.id for e in entities)])
            tests = tuple(Filter(f, "has", v) for f in fields for v in values if v)
            out.append(AnyOf(tests) if len(tests) > 1 else tests[0])
        return out

    def _narrowed(self, kind: str, text: str) -> tuple[str, ...]:
        """The fields of a kind of name that the wording means: a partner is no employer."""
        fields = self.lookup_fields(kind)
        if kind == "company":
            if re.search(r"\bpartner", text):
                return tuple(f for f in fields if "partner" in f) or fields
            if re.search(
                r"\b(hire|hires|hiring|recruit|recruits|employ|employs|employer|employers|work at|working at|send)\b",
                text,
            ):
                return tuple(f for f in fields if "employer" in f) or fields
        return fields

    def modes(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> list[Test]:
        """Values of list fields: "taught in the evening", "online"."""
        found = [s for s in self._values.find(tokens) if not any(n.overlaps(s) for n in names)]
        return [Filter(field, "has", value) for s in found for field, value in s.values[:1]]

    def presence(self, tokens: Sequence[Token]) -> list[Filter]:
        """ "Which don't have a graduation rate listed" → the field is absent; "which list labs" → it is given."""
        spans = _presence.find(tokens)
        asked = any(t.norm in {"which", "who", "list", "show", "name", "many", "count", "number"} for t in tokens)
        for kind in ("absent", "given") if asked else ("absent",):
            for span in (s for s in spans if s.values[0] == kind):
                for word in self.words.find(tokens):
                    field = self.field(word.values)
                    if field.type == "choice" or field.name == "format" or word.overlaps(span):
                        continue
                    near = 0 <= word.first - span.last <= (4 if kind == "absent" else 1)
                    if near or (kind == "absent" and 0 <= span.first - word.last <= 4):
                        if kind == "given" and field.type != "list":
                            continue
                        return [Filter(field.name, "absent" if kind == "absent" else "given")]
        return []


def _lookup_fields(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Kind of name → the list fields whose entries are such names, then the prose that may tell of them."""
    out: dict[str, list[str]] = {}
    for field in knowledge.fields.values():
        if field.entity:
            out.setdefault(field.entity, []).append(field.name)
    more = {"company": ("funding", "location_advantages"), "person": ("details", "labs")}
    return {k: (*v, *(f for f in more.get(k, ()) if f in knowledge.fields)) for k, v in out.items()}


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
