"""What is wrong with a pack, said so that its author can mend it without opening the code."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

YES_OR_NO = 'write type = "choice" and choices = ["yes", "no"]'
ANOTHER_TYPE = {
    **dict.fromkeys(("bool", "boolean", "flag", "yes/no"), YES_OR_NO),
    **dict.fromkeys(("float", "decimal", "real"), 'write type = "number"'),
    **dict.fromkeys(("int", "year"), 'write type = "integer"'),
    **dict.fromkeys(("string", "str", "date"), 'write type = "text"'),
    **dict.fromkeys(("currency", "price"), 'write type = "money"'),
    **dict.fromkeys(("enum", "select", "category"), 'write type = "choice" and its choices'),
    **dict.fromkeys(("array", "set", "records"), 'write type = "list" and its item'),
}
"""What people write for the type of a field → what is meant."""
MAY_BE_BLANK = ("heading",)  # text before the first heading of a section is a block without one


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: in which file, at which key, what it is, and what to do."""

    file: str
    key: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.key) if part)
        return f"{where}: {self.message}" + (f"; {self.remedy}" if self.remedy else "")


class KnowledgeError(Exception):
    """A pack cannot be used. Holds every problem found; the first one also as `file`, `key`, …"""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)
        first = self.problems[0]
        self.file, self.key, self.message, self.remedy = first.file, first.key, first.message, first.remedy

    def __str__(self) -> str:
        more = len(self.problems) - 1
        return str(self.problems[0]) + (f" (and {more} more problem{'s' if more > 1 else ''})" if more else "")


def shown(value: Any) -> str:
    """A value as it is quoted in a message: on one line, and never long."""
    text = str(value) if isinstance(value, datetime.date | datetime.time) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy for a name that is not known: the known one most like it, or all of them."""
    names = list(known)
    like = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {like[0]!r}?" if like else "known are " + ", ".join(names)


def problems_of(error: ValidationError, file: str, key: str, model: Any = None) -> Iterator[Problem]:
    """The problems behind pydantic's errors; `key` is where in the file the bad value stands."""
    seen = set()
    for detail in error.errors(include_url=False):
        loc = list(detail["loc"])
        if detail["type"] in {"int_type", "float_type"} and loc and loc[-1] in {"int", "float"}:
            loc.pop()  # a number may be either, so pydantic says it twice
        where = _joined(key, loc)
        if where not in seen:
            seen.add(where)
            yield Problem(file, where, *_plainly(detail, loc, model))


def blanks(record: BaseModel, file: str, key: str) -> Iterator[Problem]:
    """A problem for each text that is needed and has nothing in it, here and in the records inside."""
    for name, spec in type(record).model_fields.items():
        value = getattr(record, name)
        if value == "" and spec.is_required() and name not in MAY_BE_BLANK:
            yield Problem(file, _joined(key, [name]), "is empty", "write a text")
        for at, inner in enumerate(value) if isinstance(value, tuple) else ():
            if inner == "":
                yield Problem(file, _joined(key, [name, at]), "is empty", "write a text or remove it")
            elif isinstance(inner, BaseModel):
                yield from blanks(inner, file, _joined(key, [name, at]))


def _joined(key: str, loc: Sequence[str | int]) -> str:
    for part in loc:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else part
    return key


def _plainly(detail: Any, loc: Sequence[str | int], model: Any) -> tuple[str, str]:
    """(message, remedy) of one of pydantic's errors."""
    value = shown(detail["input"])
    match detail["type"]:
        case "missing":
            return "is missing", "add it"
        case "extra_forbidden":
            own = isinstance(model, type) and issubclass(model, BaseModel) and isinstance(loc[-1], str)
            known = nearest(str(loc[-1]), model.model_fields) if own and len(loc) <= 2 else "remove it"
            return "is not a known key", known
        case "string_type":
            return f"{value} is not a text", 'put it in "quotes"'
        case "int_type" | "float_type" | "float_parsing" | "int_parsing":
            return not_a_number(detail["input"])
        case "tuple_type":
            return f"{value} is not a list", "put it in [square brackets]"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{value} is not a table", "write it as {key = value, ...}"
        case "literal_error" if loc[-1] == "type" and detail["input"] in ANOTHER_TYPE:
            return f"{value} is not one of the types", ANOTHER_TYPE[detail["input"]]
        case "literal_error":
            return f"{value} is not one of the choices", f"write {detail['ctx']['expected']}"
        case _:
            return f"{value} does not fit: {detail['msg']}", "correct it"


def not_a_number(value: Any, whole: bool = False) -> tuple[str, str]:
    """(message, remedy) for a value that should be a number."""
    kind = "a whole number" if whole else "a number"
    plain = re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", ".", value) if isinstance(value, str) else ""  # 21,5 kg
    digits = "".join(c for c in plain if c in "0123456789.")
    remedy = f"write {digits}" if digits.replace(".", "", 1).isdecimal() and digits[:1] != "." else f"write {kind}"
    return f"{shown(value)} is not {kind}", remedy
