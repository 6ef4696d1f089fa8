"""Lines and wishes in words for a pack of another subject, by what its fields say of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge import show

from advisor.actions.tools import Tools
from advisor.dialogue import own
from advisor.dialogue.acts import Fact

TOLD = 4
"""Fields that a line of a shortlist tells of a program."""


def is_other(tools: Tools) -> bool:
    """Whether the pack is of another subject than schools."""
    return own.is_other(tools.knowledge)


def tells_all(fields: Iterable[str], tools: Tools) -> bool:
    """Whether what is asked for is all that there is: the overview, or the text that "tell me about" asks for."""
    named = [tools.knowledge.fields[f] for f in fields]
    if len(named) != 1:
        return False
    return named[0].name == "overview" or (is_other(tools) and named[0].prose and "tell me about" in named[0].asks)


def table(tools: Tools) -> tuple[str, ...]:
    """The fields that are one value each; of another subject also its short texts."""
    texts = [f.name for f in tools.knowledge.fields.values() if f.type == "text" and not f.prose and f.name != "name"]
    every = {*tools.row, *(texts if is_other(tools) else ())}
    return tuple(name for name in tools.knowledge.fields if name in every)


def first(tools: Tools) -> tuple[str, ...]:
    """What may well be asked next of a program of another subject."""
    return table(tools) if is_other(tools) else ()


def overview(tools: Tools) -> tuple[str, ...]:
    """The lists and long texts that an overview tells beside the table, in a pack of another subject."""
    if not is_other(tools):
        return ()
    return tuple(f.name for f in tools.knowledge.fields.values() if f.type == "list" or f.prose)


def row(slots: Iterable[str], tools: Tools) -> tuple[str, ...]:
    """The fields of a line: those wished for, then the first of the table."""
    about = (tools.slots[s].field for s in slots if s in tools.slots)
    wished = tuple(dict.fromkeys(f for f in about if f in tools.knowledge.fields))
    return tuple(dict.fromkeys((*wished, *table(tools))))[: max(TOLD, len(wished))]


def told(facts: Iterable[Fact], tools: Tools) -> list[str]:
    """The facts of a line, each with its field's label; a place stands before them already."""
    return [f"{tools.label(f.field)} {f.display}" for f in facts if f.field not in {"city", "state"}]


def described(slot: str, value: object, tools: Tools) -> str:
    """A wish on a field in words: "price at most €2,000", "brand: Holt or Lumen"."""
    field = tools.knowledge.fields.get(tools.slots[slot].field) if slot in tools.slots else None
    if field is None:
        return str(value)
    if isinstance(value, dict):
        low, high = (show(field, value[end]) if value.get(end) is not None else "" for end in ("min", "max"))
        if low and high:
            return f"{field.label} {low}" if low == high else f"{field.label} {low} to {high}"
        return f"{field.label} at most {high}" if high else f"{field.label} at least {low}"
    values = [str(v).replace("_", "-") for v in value] if isinstance(value, list | tuple) else [str(value)]
    return f"{field.label}: {' or '.join(values)}"
