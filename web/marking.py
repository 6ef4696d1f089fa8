"""A text with its parts marked below it, each with a label, as compilers mark code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

LABELS = 34
"""Columns kept free at the right of a text, so that the label of its last word has room."""


@dataclass(frozen=True)
class Mark:
    """The characters `start` to `end` of a text, what to say of them, and in which style."""

    start: int
    end: int
    label: str
    style: str = ""


def marked(text: str, marks: Sequence[Mark], width: int) -> Iterator[Text]:
    """The lines of the text, each with the marks that begin in it.

    >>> for line in marked("public in ohio", [Mark(0, 6, "kind"), Mark(10, 14, "place")], 80): print(line)
    public in ohio
    ┬─────    ┬───
    │         └ place
    └ kind
    """
    for first, last in _lines(text, marks, width):
        here = [m for m in marks if m.start < last and first < m.end]
        yield Text(text[first:last].replace("\n", " "), style="bold")
        if here:
            yield _underline(text, here, first, last)
        yield from _labels(text[first:], [m for m in here if m.start >= first], first, width)


def _lines(text: str, marks: Sequence[Mark], width: int) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends."""
    at = 0
    while at < len(text):
        last = _end(text, marks, at, width)
        yield at, last
        at = last + 1 if text[last : last + 1] == " " else last


def _end(text: str, marks: Sequence[Mark], at: int, width: int) -> int:
    """The end of the line that begins at `at`: as late as all its labels have room, and inside no mark."""
    furthest = _within(text, at, width)
    for last in (i for i in range(furthest, at, -1) if i == len(text) or text[i] == " "):
        parted = any(m.start < last < m.end for m in marks)
        if not parted and all(_has_room(text, m, at, width) for m in marks if at <= m.start < last):
            return last
    narrow = _within(text, at, width - LABELS)
    blank = text.rfind(" ", at + 1, narrow + 1)
    return narrow if narrow == len(text) or blank < 0 else blank


def _within(text: str, at: int, width: int) -> int:
    """The end of what fits into so many columns; at least one letter does."""
    last = min(len(text), at + width)
    while last > at + 1 and cell_len(text[at:last]) > width:
        last -= 1
    return last


def _has_room(text: str, mark: Mark, at: int, width: int) -> bool:
    return cell_len(text[at : mark.start]) + min(2 + len(mark.label), LABELS) <= width


def _underline(text: str, marks: Sequence[Mark], first: int, last: int) -> Text:
    """A line under the marked words, with a corner where a label hangs."""
    under, styles = [" "] * cell_len(text[first : min(last, max(m.end for m in marks))]), {}
    for mark in marks:
        begin = cell_len(text[first : max(mark.start, first)])
        for column in range(begin, cell_len(text[first : min(mark.end, last)])):
            under[column] = "─"
            styles[column] = mark.style
    for mark in marks:
        if mark.start >= first and (column := cell_len(text[first : mark.start])) < len(under):
            under[column], styles[column] = "┬", mark.style
    return Text.assemble(*((sign, styles.get(column, "")) for column, sign in enumerate(under)))


def _labels(text: str, marks: Sequence[Mark], first: int, width: int) -> Iterator[Text]:
    """The labels, the last column's on top, so that no line crosses another."""
    by_column: dict[int, list[Mark]] = {}
    for mark in marks:
        by_column.setdefault(cell_len(text[: mark.start - first]), []).append(mark)
    styles = {column: here[0].style for column, here in by_column.items()}
    for column in sorted(by_column, reverse=True):
        here = by_column[column]
        for i, mark in enumerate(here):
            more = i < len(here) - 1
            for j, said in enumerate(textwrap.wrap(mark.label, width - column - 2) or [""]):
                line = Text()
                for bar in sorted(c for c in by_column if c < column):
                    line.append(" " * (bar - cell_len(line.plain)))
                    line.append("│", style=styles[bar])
                line.append(" " * (column - cell_len(line.plain)))
                corner = ("├ " if more else "└ ") if j == 0 else ("│ " if more else "  ")
                yield line.append(corner + said, style=mark.style)
