"""What a clause says of the fields that only this pack has: "under 20 kg", "with a belt drive", "in Powys".

The readers beside this one know some fields by name (the price, the rank, the city …). All others are read
here, by what `fields.toml` says of them: numbers by their unit, their words and their superlatives; choices
and short texts by their values; lists by their entries. A new field needs no code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from knowledge import AllOf, AnyOf, Field, Filter, Knowledge, Test

from advisor.dialogue.own import KINDS, NUMBERS, YES_OR_NO, own_fields, says_yes
from advisor.nlu.cues import cues
from advisor.nlu.limits import Bound, limit_before, read_tail
from advisor.nlu.nouns import comparative
from advisor.nlu.numbers import Number, find
from advisor.nlu.phrases import Phrases, Span, Token, key, norm

SHORT = 5
"""Words that a text may have to be a value that people name ("Oma & Co"), and no sentence."""
MOST_NUMBERS = 16
BESIDE = 4
"""Tokens that may stand between a field's word and its number: "a range of no less than 100"."""
DENIES = 5
"""Tokens that a "not" reaches over."""
ALIKE = (
    ("kg", "kilo", "kilogram", "kilogramme"), ("g", "gram", "gramme"), ("km", "kilometre", "kilometer", "k"),
    ("mile", "mi"), ("m", "metre", "meter"), ("cm", "centimetre", "centimeter"), ("hour", "h", "hr"),
    ("minute", "min"), ("day",), ("week", "wk"), ("month", "mo"), ("year", "yr"), ("l", "litre", "liter"),
    ("%", "percent"), ("nm", "newton metre"), ("wh", "watt hour"), ("w", "watt"), ("person", "people"),
)  # fmt: skip
"""Units that are written in several ways, in the form of tokens."""
STRICT = re.compile(
    r"\b(more than|over|above|exceed\w*|\w+er than|beyond|north of|less than|under|below|cheaper|less \w+ than)\b"
)
REFUSED = re.compile(r"\b(no|not|never) \w+ than\b")
OR_LESS = re.compile(r"\bor (less|more|better|fewer|lower|under|below|higher)\b")
MORE = frozenset(("more", "higher", "greater", "bigger", "larger", "longer", "farther", "further", "better"))
LESS = frozenset(("less", "lower", "fewer", "smaller", "shorter", "cheaper", "closer", "nearer"))
_SPENDING = re.compile(r"\b(budget|spend|afford|can pay)\b")
_TO = re.compile(r" ?(?:-|to|and|until) ?")
_NOT = frozenset(cues()["not"])
_NOT_PAIRS = frozenset(tuple(pair.split()) for pair in cues()["not_pairs"])
_EACH = frozenset(("per", "each", "every"))
_SPLITS = frozenset(("group", "grouped", "split", "break", "breakdown", "count", "many", "number", "divided", "sort"))


@dataclass(frozen=True)
class Said:
    """A restriction on one field, and the tokens that say it.

    `value` is what a wish for it holds: the ends of a range, or the values that are welcome.
    """

    field: str
    test: Test
    value: Any
    first: int
    last: int
    bounded: bool = False


def fields_of(test: Test) -> set[str]:
    """The fields that a test looks at."""
    match test:
        case Filter(field=field):
            return {field}
        case AnyOf(tests=tests) | AllOf(tests=tests):
            return {field for inner in tests for field in fields_of(inner)}
    return fields_of(test.test)


class OwnReader:
    """Reads restrictions on a pack's own fields."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.fields = {f.name: f for f in own_fields(knowledge)}
        self.values: dict[str, tuple[str, ...]] = {
            f.name: f.choices or _values(f, knowledge) for f in self.fields.values() if f.type not in NUMBERS
        }
        self._words: Phrases[str] = Phrases(
            (w, f.name) for f in self.fields.values() for w in (f.label, *f.words, *f.least, *f.most)
        )
        self._named: Phrases[str] = Phrases(
            (w, f.name) for f in knowledge.fields.values() for w in (f.label, *f.words, *f.asks)
        )
        self._labels: Phrases[str] = Phrases((w, f.name) for f in self.fields.values() for w in (f.label, *f.words))
        self._said: Phrases[tuple[str, str]] = Phrases(_phrases(self.fields.values(), self.values, knowledge))
        # Where other readers know a price by name, an amount of money is of that unless another one is named.
        priced = any(f.type == "money" and f.name not in self.fields for f in knowledge.fields.values())
        self._prices = () if priced else tuple(f.name for f in self.fields.values() if f.type == "money")
        self._units = _units(f for f in self.fields.values() if f.type in NUMBERS - {"money"})

    def vocabulary(self) -> set[str]:
        """The words by which values are told."""
        return self._said.vocabulary()

    def tests(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span]
    ) -> tuple[tuple[Test, ...], frozenset[int]]:
        """The restrictions of a clause, and the tokens that say them.

        Of two of different fields joined by "or", one is enough.
        """
        out: list[Test] = []
        before: Said | None = None
        told = self.read(text, tokens, names)
        for said in told:
            between = [t.norm for t in tokens[before.last : said.first]] if before else []
            if before is not None and "or" in between and before.field != said.field and len(between) <= BESIDE:
                out[-1] = AnyOf((out[-1], said.test))
            else:
                out.append(said.test)
            before = said
        return tuple(out), frozenset(i for said in told for i in range(said.first, said.last))

    def read(self, text: str, tokens: Sequence[Token], names: Sequence[Span], asked: str = "") -> list[Said]:
        """All restrictions of a clause, in order. A bare number is of the field `asked` about, if any."""
        found = [*self._numbers(text, tokens, asked), *self._told(tokens, names)]
        return sorted(found, key=lambda said: said.first)

    def group(self, tokens: Sequence[Token]) -> str | None:
        """The field by whose values things are counted: "per brand", "in each county", "which brands are there"."""
        words = [t.norm for t in tokens]
        for span in self._labels.find(tokens):
            field = self.fields[span.values[0]]
            if field.type not in {"choice", "text"}:
                continue
            before, after = words[: span.first], words[span.last :]
            if before[-1:] and (before[-1] in _EACH or (before[-1] == "by" and _SPLITS & set(before))):
                return field.name
            asks = before in (["which"], ["what"], ["how", "many"], ["how", "many", "different"])
            if asks and (after[:2] in (["are", "there"], ["is", "there"]) or {"most", "fewest"} & set(after[:4])):
                return field.name
        return None

    # ---- numbers ----

    def _numbers(self, text: str, tokens: Sequence[Token], asked: str) -> Iterator[Said]:
        """Numbers with a limit, a unit or a field's word beside them."""
        numbers = find(text, MOST_NUMBERS)
        taken = 0
        for at, low in enumerate(numbers):
            if low.start < taken:
                continue
            after = numbers[at + 1] if at + 1 < len(numbers) else None
            high = after if after and _joined(text, low, after) else low
            stop = numbers[at + 2].start if high is not low and at + 2 < len(numbers) else len(text)
            if high is low and after:
                stop = after.start
            said = self._number(text, tokens, low, high, taken, stop, asked)
            taken = high.end
            if said is not None:
                yield said

    def _number(
        self, text: str, tokens: Sequence[Token], low: Number, high: Number, taken: int, stop: int, asked: str
    ) -> Said | None:
        before = text[taken : low.start]
        first = next((i for i, t in enumerate(tokens) if t.end > low.start), len(tokens))
        last = next((i for i, t in enumerate(tokens) if t.start >= high.end), len(tokens))
        bound, offset, words = limit_before(before)
        tail = read_tail(text, high.end, stop, money=True, limited=bound is not None, more=stop < len(text))
        than = re.search(r"(\w+ )?(\w+) than (?:about |around |the )?[$€£]?$", before)
        unit = self._of_unit(tokens, last, high)
        field = self._field(tokens, first, last, unit, exact=not (bound or tail.bound or than or high is not low))
        if field is None and not high.currency:
            field = self.fields.get(asked)
        if field is None or field.type not in NUMBERS:
            return None
        ends = sorted((low.value * low.scale, high.value * high.scale))
        if high is low:
            order = self._than(field, than[2]) or self._than(field, (than[1] or "").strip()) if than else None
            bound = (
                order or bound or tail.bound or ("max" if field.type == "money" and _SPENDING.search(text) else None)
            )
            if order and re.search(r"\b(?:no|not|never)\b(?: \w+)? \w+ than", before):
                bound = "max" if order == "min" else "min"
        said_of = f"{words or (than[0] if than else '')} {text[high.end : tail.end]}"
        strict = bool(STRICT.search(said_of)) and not (
            REFUSED.search(before) or OR_LESS.search(text[high.end : tail.end])
        )
        start = next((i for i, t in enumerate(tokens) if t.start >= taken + offset), first) if bound else first
        test, value = _bounds(field, ends, bound, high is not low, strict)
        if strict and field.type == "integer" and bound:
            value = {end: n + (1 if end == "min" else -1) for end, n in value.items()}
        reach = min(last + (1 if unit and not high.currency else 0), len(tokens))
        return Said(field.name, test, value, min(start, first), reach, bool(bound) or high is not low)

    def _of_unit(self, tokens: Sequence[Token], last: int, number: Number) -> tuple[str, ...]:
        """The fields measured in what stands after a number; of an amount of money, those of money."""
        if number.currency:
            return self._prices if number.currency == "USD" else ()
        after = tokens[last] if last < len(tokens) else None
        if after is None:
            return ()
        return self._units.get(after.norm, ())

    def _field(
        self, tokens: Sequence[Token], first: int, last: int, unit: tuple[str, ...], *, exact: bool
    ) -> Field | None:
        """The field that a number is of: by its unit, or by the field's word nearest to it."""
        spans = [s for s in (*self._words.find(tokens), *self._named.find(tokens))]
        near = sorted(
            (min(abs(first - s.last), abs(s.first - last)), s.first >= last, v)
            for s in spans
            for v in s.values
            if v in self.fields and self.fields[v].type in NUMBERS and not (s.first < last and first < s.last)
        )
        named = [v for _, _, v in near]
        if unit:
            return self.fields[next((v for v in named if v in unit), unit[0])]
        reach = 1 if exact else BESIDE
        close = [v for distance, after, v in near if distance <= reach and not (exact and after)]
        if close:
            return self.fields[close[0]]
        if exact or any(s.values[0] not in self.fields for s in self._named.find(tokens)):
            return None
        words = {t.norm for t in tokens}
        if self._prices and words & {"budget", "spend", "pay", "afford", "cost", "price", "cheaper"}:
            return self.fields[self._prices[0]]
        return self.fields[named[0]] if named else None

    def _than(self, field: Field, word: str) -> Bound | None:
        """The end that a comparison sets: "heavier than 30" is at least, "lighter than" at most."""
        if any(word in phrase.split() or comparative(phrase).startswith(word) for phrase in field.most):
            return "min"
        if any(word in phrase.split() or comparative(phrase).startswith(word) for phrase in field.least):
            return "max"
        return "min" if word in MORE else "max" if word in LESS else None

    # ---- values ----

    def _told(self, tokens: Sequence[Token], names: Sequence[Span]) -> Iterator[Said]:
        """Values that are named, those of one field together: "Holt or Lumen", "not by Kestrel"."""
        grouped = self.group(tokens)
        held: dict[tuple[str, bool], list[tuple[Span[tuple[str, str]], str]]] = {}
        spans = self._said.find(tokens)
        told = {i for s in spans for i in range(s.first, s.last)}
        for span in spans:
            if any(n.covers(span) and any(e.kind == "program" for e in n.values) for n in names):
                continue
            field, value = self._meant(span, tokens)
            if field == grouped and says_yes(self.fields[field]):
                continue
            denied = _denied(tokens, span, told)
            if says_yes(self.fields[field]):
                value = value if not denied else "no" if value == "yes" else "yes"
                denied = False
            held.setdefault((field, denied), []).append((span, value))
        for (field, denied), found in held.items():
            yield from self._restrict(self.fields[field], denied, found, tokens)

    def _meant(self, span: Span[tuple[str, str]], tokens: Sequence[Token]) -> tuple[str, str]:
        """Of fields that share a value, the one that is named: "March" of those that open or those that close."""
        named = {v for s in self._named.find(tokens) for v in s.values}
        return next((pair for pair in span.values if pair[0] in named), span.values[0])

    def _restrict(
        self, field: Field, denied: bool, found: list[tuple[Span[tuple[str, str]], str]], tokens: Sequence[Token]
    ) -> Iterator[Said]:
        first, last = min(s.first for s, _ in found), max(s.last for s, _ in found)
        values = tuple(dict.fromkeys(v for _, v in found))
        if denied:
            left = tuple(v for v in self.values[field.name] if v not in values)
            op: Literal["has not", "not in"] = "has not" if field.type == "list" else "not in"
            test: Test = Filter(field.name, op, values[0] if field.type == "list" else values)
            yield Said(field.name, test, left, first, last)
        elif field.type != "list":
            yield Said(field.name, Filter(field.name, "in", values), values, first, last)
        elif "or" in [t.norm for t in tokens[first:last]]:
            yield Said(field.name, AnyOf(tuple(Filter(field.name, "has", v) for v in values)), values, first, last)
        else:
            for span, value in found:
                yield Said(field.name, Filter(field.name, "has", value), (value,), span.first, span.last)


# ---- what fields.toml says, as phrases ----


def _values(field: Field, knowledge: Knowledge) -> tuple[str, ...]:
    """The short texts that the programs have for a field; () where they are sentences."""
    texts = [t for p in knowledge.programs.values() for t in _texts(p.value(field.name), field)]
    if not texts or sum(len(t.split()) > SHORT for t in texts) > len(texts) / 4:
        return ()
    return tuple(dict.fromkeys(t for t in texts if len(t.split()) <= SHORT and not t.isdigit()))


def _texts(value: Any, field: Field) -> Iterator[str]:
    """The texts by which a value is named. Names of kinds that other readers know are left to them."""
    named = field.entity in KINDS
    if isinstance(value, str):
        yield value
    for entry in value if isinstance(value, tuple) else ():
        if isinstance(entry, str):
            if not named:
                yield entry
            continue
        if not named:
            yield from (n for n in (getattr(entry, "name", ""), *getattr(entry, "names", ())) if n)
        if focus := getattr(entry, "focus", ""):
            yield focus


def _phrases(
    fields: Iterable[Field], values: dict[str, tuple[str, ...]], knowledge: Knowledge
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every way to say a value, with the field and the value."""
    for field in fields:
        if field.type in NUMBERS:
            continue
        if says_yes(field):
            for said in (field.label, *field.words, *field.asks):
                if "*" not in said:
                    yield said, (field.name, "yes")
        for value in values[field.name]:
            if value not in YES_OR_NO and not value.isdigit():
                yield value.replace("_", " "), (field.name, value)
        for value, phrases in field.values.items():
            for said in phrases:
                yield said, (field.name, value)


def _units(fields: Iterable[Field]) -> dict[str, tuple[str, ...]]:
    """What may stand after a number → the fields that are measured in it."""
    out: dict[str, dict[str, None]] = {}
    for field in fields:
        shown = field.show.partition("{value")[2].partition("}")[2]
        for text in (field.unit, shown):
            word = next(iter(key(text.strip()[:40])), "")
            if field.type == "percent":
                word = "%"
            group = next((g for g in ALIKE if word in g), (word,))
            for alias in group:
                if alias and alias not in {"of", "out", "in", "a"}:
                    out.setdefault(norm(alias.split()[0]), {})[field.name] = None
    return {alias: tuple(names) for alias, names in out.items()}


def liked(fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """The adjective of the better end of each field, with the field: "light" of a weight, by its "lightest"."""
    for field in fields:
        ends = {"lower": field.least, "higher": field.most}.get(field.better or "", ())
        for said in ends:
            if re.fullmatch(r"\w{3,}est", said) and said not in {"lowest", "highest", "least"}:
                bare = said[:-3]
                bare = bare[:-1] + "y" if bare.endswith("i") else bare
                yield bare[:-1] if bare[-1:] == bare[-2:-1] and bare[-1:] in "gtdnm" else bare, field.name


# ---- small readers ----


def _joined(text: str, low: Number, high: Number) -> bool:
    """Whether two numbers are the ends of a range: "2000 to 3000", "between 2000 and 3000"."""
    between = text[low.end : high.start]
    if not (_TO.fullmatch(between) or _TO.fullmatch(re.sub(r"^ ?[a-z€£$%]{1,10}(?= )", "", between))):
        return False
    return "and" not in between or bool(re.search(r"\bbetween\b[^,.;]{0,20}$", text[: low.start]))


def _bounds(
    field: Field, ends: Sequence[float], bound: Bound | None, spread: bool, strict: bool
) -> tuple[Test, dict[str, float]]:
    low, high = (int(n) if float(n).is_integer() else n for n in ends)
    if spread:
        both = AllOf((Filter(field.name, ">=", low), Filter(field.name, "<=", high)))
        return both, {"min": low, "max": high}
    if bound == "max":
        return Filter(field.name, "<" if strict else "<=", high), {"max": high}
    if bound == "min":
        return Filter(field.name, ">" if strict else ">=", low), {"min": low}
    return Filter(field.name, "==", low), {"min": low, "max": low}


def _denied(tokens: Sequence[Token], span: Span, told: Collection[int]) -> bool:
    """Whether a "not" reaches the span: up to a few words before it, no comma and no other value between.

    "Not by Holt or Lumen" denies both.
    """
    for i in reversed(range(max(0, span.first - DENIES), span.first)):
        if tokens[i].end + 1 < tokens[i + 1].start or tokens[i].norm in {"but", "and"}:
            return False
        if i in told and tokens[i + 1].norm not in {"or", "nor"}:
            return False
        if tokens[i].norm in _NOT or (i and (tokens[i - 1].norm, tokens[i].norm) in _NOT_PAIRS):
            return True
    return False
