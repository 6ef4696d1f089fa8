"""Reading the files that agencies publish, strictly: what is wrong is said with its line and column."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.problems import KnowledgeError, Problem, nearest, shown

Row = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file as rows by column. `lines` are where the rows stand in it; `file` is its bare name."""

    file: str
    sha256: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """The rows, each with the line that it stands in."""
        return zip(self.lines, self.rows, strict=True)


AGAIN = "the file is cut short or changed: download it again"


def wrong(file: str, where: str, message: str, remedy: str) -> KnowledgeError:
    """What is raised for a file that cannot be used."""
    return KnowledgeError([Problem(file, where, message, remedy)])


def content_of(path: Path) -> bytes:
    """What a file holds, if it can be read and is not empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise wrong(path.name, "", f"cannot be read: {error.strerror}", "check its path and permissions") from None
    if not content.strip():
        raise wrong(path.name, "", "is empty", "download it again")
    return content


def read_csv(path: Path, needed: Sequence[str], what: str, *, western: bool = False) -> Sheet:
    """A CSV file with a first line of column names, `needed` among them.

    `what` says in a complaint which file was meant. `western`: text that is not UTF-8 is Latin-1, as the
    older IPEDS files are, and the stray quotation marks of their remarks stay in the cell.
    """
    content = content_of(path)
    file = path.name
    text, other = _text(content, file)
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: list[Row] = []
    lines: list[int] = []
    head: tuple[str, ...] = ()
    try:
        head = tuple(cell.strip() for cell in next(reader))
        for column in needed:
            if column not in head:
                raise wrong(file, "line 1", f"there is no column {column}", f"is this {what}? {nearest(column, head)}")
        if other and not western:
            raise wrong(file, f"line {other}", "is not UTF-8 text", "give the file as it was downloaded")
        for cells in reader:
            if len(cells) != len(head):
                told = f"has {len(cells)} cells, and the first line {len(head)}"
                raise wrong(file, f"line {reader.line_num}", told, AGAIN)
            rows.append(dict(zip(head, (cell.strip() for cell in cells), strict=True)))
            lines.append(reader.line_num)
    except csv.Error as error:
        raise wrong(file, f"line {reader.line_num}", f"is not CSV: {error}", AGAIN) from None
    if not rows:
        raise wrong(file, "", "has no rows under its first line", "download it again")
    return Sheet(file, digest(content), head, tuple(rows), tuple(lines))


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def whole(cell: str, file: str, line: int, column: str, missing: Sequence[str]) -> str:
    """A cell that is a whole number and not below zero; "" for one of the ways to say that it is missing."""
    if cell in missing:
        return ""
    if not (cell.isascii() and cell.isdigit()):
        raise wrong(file, f"line {line}, {column}", f"{shown(cell)} is not a whole number", "download the file again")
    return str(int(cell))


def _text(content: bytes, file: str) -> tuple[str, int]:
    """A file's text, and the line in which it stops being UTF-8 (0: it is, throughout) and is read as Latin-1."""
    if b"\0" in content:
        raise wrong(file, "", "is not a text file", "give the CSV itself, unzipped and as it was downloaded")
    try:
        return content.decode("utf-8-sig"), 0
    except UnicodeDecodeError as error:
        return content.decode("latin-1"), content[: error.start].count(b"\n") + 1
