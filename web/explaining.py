"""A turn's trace for a developer's eyes: the words of each clause marked, then what each step made of them.

Everything is said in signs and words; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from web.marking import Mark, marked

Json = dict[str, Any]

WIDTH = 92
"""Columns that are used, however wide the terminal is."""
NARROWEST = 60
"""Columns below which marks and their labels are no longer worth keeping together."""
INDENT = "  "
SLOW = 1000
"""Milliseconds that a step takes only where it loads a model."""
MOST = 6
"""Entries of a list that are shown; the rest is counted."""

STYLES = {
    "name": "cyan", "field": "green", "part": "green", "topic": "magenta", "amount": "yellow", "wish": "blue",
    "near": "blue", "residency": "blue", "closest": "blue", "distance": "blue", "query": "bright_black",
    "spelling": "magenta", "unexplained": "red",
}  # fmt: skip
PLAIN = str.maketrans("┬─│├└→≤≥…·–", "+-||`><>.|-")
"""What stands for the signs where only ASCII can be printed."""
ORDERS = {"asc": "ascending", "desc": "descending"}


def show(trace: Json, console: Console | None = None) -> None:
    """Prints the trace of one message, step by step in the order of the turn."""
    page = _Page(console or Console(highlight=False), trace.get("milliseconds", {}))
    page.step("understand", "Understand")
    for number, clause in enumerate(trace["clauses"], 1):
        page.lines(*[Text()] * (number > 1))
        page.clause(clause, f"{number} of {len(trace['clauses'])}")
    if [a for c in trace["clauses"] for a in c["acts"]] != trace["acts"]:
        page.lines(Text(), Text("settled, for the whole message", style="dim"))
        page.rows(_acts(trace["made"]))
    page.step("track", "Track")
    changes = trace["state"]["changes"]
    page.rows((name, f"{short(old)} → {short(new)}") for name, (old, new) in changes.items())
    if not changes:
        page.lines(Text("nothing changed", style="dim"))
    page.step("match", "Match")
    counts = {name: number for name, number in trace["matches"].items() if number or name != "fit beyond"}
    page.lines(Text(" · ".join(f"{name} {number}" for name, number in counts.items())))
    page.step("decide", "Decide")
    page.rows(row for action in trace["actions"] for row in _action(action))
    page.step("perform", "Perform")
    page.rows((act["act"], _performed(act)) for act in trace["performed"])
    page.step("word", "Word")
    page.lines(Text(trace["reply"]["text"]))


class _Page:
    """What is printed on: a console, kept to a width that reads well."""

    def __init__(self, console: Console, millis: dict[str, float]) -> None:
        self._console, self._millis = console, millis
        self._width = max(NARROWEST, min(console.width, WIDTH))
        self._ascii = console.options.ascii_only

    def step(self, key: str, title: str) -> None:
        """The heading of a step, with the time that it took."""
        took = self._millis.get(key)
        time = "" if took is None else f" · {took:.1f} ms"
        if took is not None and took >= SLOW:
            time = f" · {took / 1000:.1f} s (a model loads at its first use)"
        heading = Text.assemble((f"{title}{time} ", "bold"))
        self._print(Text())
        self._print(heading.append("─" * (self._width - len(heading)), style="dim"))

    def clause(self, clause: Json, number: str) -> None:
        """A clause with its words marked, what was found beside them, and what was made of it all."""
        kind = "question" if clause["question"] else "statement"
        self.lines(Text(f"clause {number} · {kind}", style="dim"))
        marks = [Mark(s["start"], s["end"], _label(s), STYLES[s["kind"]]) for s in clause["spans"]]
        self.lines(*marked(clause["text"], marks, self._width - len(INDENT)), Text())
        self.rows([*_unmarked(clause), ("taken by", clause["interpreter"]), *_acts(clause["made"])])

    def rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Names and what stands for them, in two columns."""
        rows = list(rows)
        column = max((len(name) for name, _ in rows), default=0) + 2
        for name, said in rows:
            for i, line in enumerate(self._wrapped(Text(said), column)):
                self._print(Text.assemble(INDENT, ((name if i == 0 else "").ljust(column), "dim"), line))

    def lines(self, *lines: Text) -> None:
        """Lines of text, wrapped where they are too long."""
        for line in lines:
            for part in self._wrapped(line):
                self._print(Text.assemble(INDENT, part))

    def _wrapped(self, text: Text, taken: int = 0) -> list[Text]:
        return list(text.wrap(self._console, self._width - len(INDENT) - taken)) or [Text()]

    def _print(self, line: Text) -> None:
        line.rstrip()
        if self._ascii:
            line.plain = line.plain.translate(PLAIN)
        self._console.print(line, highlight=False, no_wrap=True, overflow="ignore", crop=False)


# ---- words -----------------------------------------------------------------------------------


def _label(span: Json) -> str:
    """What a mark says: what was found, and what it means."""
    means = span["means"]
    match span["kind"]:
        case "amount":
            return f"amount {_amount(means)}"
        case "wish":
            return f"wish {_wish(means)}"
        case "near" | "residency":
            return _wish(means)
        case "spelling":
            return f"read as {means}"
        case kind:
            return f"{kind} {short(means)}" if means else kind


def _unmarked(clause: Json) -> Iterator[tuple[str, str]]:
    """What was found and stands at no one place of the text."""
    fields = {f for s in clause["spans"] if s["kind"] == "field" for f in s["means"]}
    slots = {s["means"]["slot"] for s in clause["spans"] if s["kind"] in {"wish", "near", "residency"}}
    found = {
        "fields": short([f for f in clause["fields"] if f not in fields]),
        "value": clause["part"],
        "wishes": "; ".join(_wish(w) for w in clause["wished"] if w["slot"] not in slots),
        "lets go": ", ".join(clause["let_go"]),
        "no preference": ", ".join(clause["no_preference"]),
        "points at": short(clause["referred"]),
        "price for": ", ".join(clause["sides"]),
        "query": _query(clause["query_fields"]) if clause["query_fields"] else "",
    }
    if clause["query_fields"] and not clause["query_explicit"]:
        found["query"] += " (as filters; nothing asks for a table outright)"
    yield from ((name, said) for name, said in found.items() if said not in ("", "–"))


def _acts(made: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """Acts field by field, a row for each."""
    for act in made:
        yield "act", act["act"]
        for name, value in act["holds"].items():
            if name == "query":
                yield "  query", _query(value)
            elif name == "wishes":
                yield "  wishes", "; ".join(map(_wish, value))
            else:
                yield f"  {name}", short(value)


def _action(action: Json) -> Iterator[tuple[str, str]]:
    answers = f", for {action['answers']}" if action["answers"] else ""
    slot = f" ({action['slot']})" if action["slot"] else ""
    yield action["rule"] or "rule", f"→ {action['action']}{slot}{answers}"
    if action["why"]:
        yield "", action["why"]


def _performed(act: Json) -> str:
    counts = [f"{act['facts']} facts" if act["facts"] != 1 else "1 fact"]
    counts += [f"{act['unknown']} not known"] if act["unknown"] else []
    counts += [f"guide: {', '.join(act['sections'])}"] if act["sections"] else []
    return " · ".join([f"case {act['case']}", *counts])


def short(value: Any) -> str:
    """A plain value in few words.

    >>> short({"max": 20000}), short(["CA", "TX"]), short({"place": "Chicago, IL", "miles": 50}), short(None)
    ('≤ 20,000', 'CA, TX', '50 miles of Chicago, IL', '–')
    """
    match value:
        case None | [] | "":
            return "–"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:,.10g}"
        case {"place": place, "miles": miles}:
            return f"{short(miles)} miles of {place}"
        case {"select": _}:
            return _query(value)
        case dict() if value.keys() <= {"min", "max"}:
            return _limits(value.get("min"), value.get("max"))
        case dict():
            return ", ".join(f"{name} {short(one)}" for name, one in value.items())
        case list():
            more = [f"and {len(value) - MOST} more"] if len(value) > MOST else []
            return ", ".join([*map(short, value[:MOST]), *more])
    return str(value)


def _limits(least: float | None, most: float | None, strict: bool = False) -> str:
    if least is not None and most is not None:
        return short(least) if least == most else f"{short(least)} to {short(most)}"
    if least is not None:
        return f"{'>' if strict else '≥'} {short(least)}"
    return f"{'<' if strict else '≤'} {short(most)}"


def _amount(amount: Json) -> str:
    unit = amount["currency"] if amount["kind"] == "money" else ""
    per = f"per {amount['per']}" if amount["per"] else ""
    said = (amount["kind"], _limits(amount["least"], amount["most"]), unit, per)
    return " ".join(word for word in said if word)


def _wish(wish: Json) -> str:
    """A wish: "tuition ≤ 20,000", "control = public", "states + TX" where it adds to those told before."""
    value = wish["value"]
    if isinstance(value, dict) and value.keys() <= {"min", "max"}:
        said = f"{wish['slot']} {_limits(value.get('min'), value.get('max'), wish['strict'])}"
    else:
        said = f"{wish['slot']} {'+' if wish['how'] == 'add' else '='} {short(value)}"
    return f"{said} (preferred)" if wish["soft"] else said


def _query(query: Json) -> str:
    """A query: "list by tuition ascending, limit 1, where tuition < 20,000"."""
    field, order = query["field"], query["order"]
    link = "by" if order or query["select"] == "group" else "of"
    head = " ".join(filter(None, (query["select"], field and f"{link} {field}", ORDERS.get(order or ""))))
    said = [head, *(f"{name} {query[name]}" for name in ("limit", "offset", "part") if query[name])]
    where = " and ".join(map(_test, query["where"]))
    return ", ".join([*said, f"where {where}"] if where else said)


def _test(test: Sequence[Any]) -> str:
    """A test of a query, from the form in which it is stored."""
    kind, *rest = test
    match kind:
        case "filter":
            field, op, value, part = rest
            if op == "near":
                value = f"{value[2]} miles of {value[0]:.2f}, {value[1]:.2f}"
            return " ".join(filter(None, (field, part and f"({part})", op, "" if value is None else short(value))))
        case "not":
            return f"not ({_test(rest[0])})"
        case "doubt":
            return f"perhaps ({_test(rest[0])})"
    return f"({(' or ' if kind == 'any' else ' and ').join(map(_test, rest))})"
