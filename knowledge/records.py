"""The record tables of a pack (tables.toml and the CSV files that it names) → claims, and programs beyond.

A record table has a row for each school, or for each school and part, as an agency publishes it. Thousands
of cells become claims here, so each is read once by its column, and what is wrong names the row and the column.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field as made
from typing import Any

from pydantic import Field as Spec, StrictBool, StrictStr

from knowledge.problems import Problem, nearest, shown
from knowledge.schema import Claim, Evidence, Field, Import, Record, Source
from knowledge.values import NUMBERS, read_value

Row = dict[str, str]

IN_TEXT = re.compile(r"\{(\w+)\}")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Column(Record):
    """A column whose cells are claims of a field.

    `values` translates cells. `basis`, `like` and `note` are the claim's, with {OTHER_COLUMN} in them; the
    note is made only where the column `marked` has something in it.
    """

    name: StrictStr
    field: StrictStr
    basis: StrictStr = ""
    like: StrictStr = ""
    note: StrictStr = ""
    marked: StrictStr = ""
    values: dict[str, StrictStr] = Spec(default_factory=dict)


class Against(Record):
    """Columns whose sum a claim of `field` is held against, and of whom (`what`) that sum is."""

    field: StrictStr
    columns: tuple[StrictStr, ...]
    what: StrictStr


class RecordTable(Record):
    """What one CSV file is.

    `key` is the column that programs are joined by, `part` the one that holds the id of a part; without a
    key a row holds for every program that has the part. `name` makes programs of rows that are no program
    yet; `aliases`, `latitude` and `longitude` are theirs too. `place` says where a row stands, `withheld`
    how a cell reads that the source does not publish, `words` how cells of a column read inside texts.
    `differing`: only values that no earlier table gives become claims.
    """

    file: StrictStr
    source: StrictStr
    key: StrictStr = ""
    part: StrictStr = ""
    place: StrictStr
    name: StrictStr = ""
    aliases: StrictStr = ""
    latitude: StrictStr = ""
    longitude: StrictStr = ""
    withheld: StrictStr = ""
    differing: StrictBool = False
    words: dict[str, dict[str, StrictStr]] = Spec(default_factory=dict)
    column: tuple[Column, ...] = ()
    against: tuple[Against, ...] = ()

    def columns(self) -> Iterator[str]:
        """Every column that the file must have."""
        yield from filter(None, (self.key, self.part, self.name, self.aliases, self.latitude, self.longitude))
        yield from self.words
        yield from IN_TEXT.findall(self.place)
        for column in self.column:
            yield from filter(None, (column.name, column.marked))
            yield from IN_TEXT.findall(column.basis + column.like + column.note)
        for against in self.against:
            yield from against.columns


@dataclass
class School:
    """A school of the record: its key, the names that tables give it, and where it is."""

    key: str
    names: list[str] = made(default_factory=list)
    aliases: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass
class Records:
    """What the record tables hold: schools, ids by key, and the claims and evidence of each program."""

    ids: dict[str, str] = made(default_factory=dict)
    schools: dict[str, School] = made(default_factory=dict)
    claims: dict[str, dict[str, list[Claim]]] = made(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    evidence: list[Evidence] = made(default_factory=list)


def slug(name: str) -> str:
    """A name as an id.

    >>> slug("Texas A & M University-College Station")
    'texas-a-m-university-college-station'
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


class Reader:
    """Reads the record tables of one pack; `problems` is what is wrong with them."""

    def __init__(
        self,
        fields: Mapping[str, Field],
        sources: Mapping[str, Source],
        parts: Sequence[str],
        imports: Iterable[Import],
        ids: Mapping[str, str],
    ) -> None:
        self.fields = fields
        self.sources = sources
        self.parts = {part: at for at, part in enumerate(parts)}
        self.imports = {one.table: one for one in imports}
        self.own = set(ids)
        self.records = Records(ids=dict(ids))
        self.problems: list[Problem] = []
        self._having: dict[str, list[str]] = defaultdict(list)

    def read(self, tables: Iterable[RecordTable], files: Mapping[str, bytes]) -> Records:
        """Everything in the tables. `ids` says which program a key is of; other schools get an id of their own."""
        read = [(table, self._rows(table, files)) for table in tables]
        for table, rows in read:
            self._schools(table, rows)
        for key, school in self.records.schools.items():
            self.records.ids.setdefault(key, slug(school.names[0]))
        self._distinct_ids()
        for table, rows in read:
            self._claims(table, rows)
        for claims in self.records.claims.values():
            for found in claims.values():
                if len(found) > 1 and found[0].part:
                    found.sort(key=lambda claim: self.parts[claim.part])
        return self.records

    # ---- rows ----

    def _rows(self, table: RecordTable, files: Mapping[str, bytes]) -> list[Row]:
        """The rows of a file, if it can be read: each with all its columns, no key twice."""
        raw = files.get(table.file)
        if raw is None:
            return []  # not imported yet, which is told by checking
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self._wrong(table.file, "", f"is not UTF-8 text (line {line})", "save it as UTF-8")
            return []
        reader = csv.reader(io.StringIO(text, newline=""))
        head = next(reader, [])
        missing = [column for column in dict.fromkeys(table.columns()) if column not in head]
        for column in missing:
            self._wrong(table.file, "line 1", f"there is no column {column!r}", nearest(column, head or ["none"]))
        if missing:
            return []
        rows: list[Row] = []
        seen: dict[tuple[str, str], int] = {}
        for cells in reader:
            where = f"line {reader.line_num}"
            if len(cells) != len(head):
                self._wrong(
                    table.file, where, f"has {len(cells)} cells and the first line {len(head)}", "correct that line"
                )
                continue
            row = dict(zip(head, cells, strict=True))
            this = (row.get(table.key, ""), row.get(table.part, ""))
            if this in seen:
                told = " ".join(filter(None, this))
                self._wrong(table.file, where, f"{told} stands in line {seen[this]} too", "keep one of the two")
            elif table.key and not this[0]:
                self._wrong(table.file, f"{where}, {table.key}", "is empty", "write the key of the school")
            elif table.part and this[1] not in self.parts:
                known = nearest(this[1], self.parts)
                self._wrong(table.file, f"{where}, {table.part}", f"there is no part {this[1]!r}", known)
            else:
                rows.append(row)
            seen[this] = reader.line_num
        return rows

    # ---- schools ----

    def _schools(self, table: RecordTable, rows: Iterable[Row]) -> None:
        if not (table.key and table.name):
            return
        for row in rows:
            key, name = row[table.key], row[table.name].strip()
            if not slug(name):
                self._wrong(table.file, f"{table.key} {key}, {table.name}", "is empty", "write the name of the school")
                continue
            school = self.records.schools.setdefault(key, School(key))
            if name not in school.names:
                school.names.append(name)
            school.aliases = school.aliases or row.get(table.aliases, "")
            if table.latitude and table.longitude and school.latitude is None:
                place = _degrees(row[table.latitude], 90), _degrees(row[table.longitude], 180)
                if None not in place:
                    school.latitude, school.longitude = place

    def _distinct_ids(self) -> None:
        owners: dict[str, str] = {}
        for key, id in self.records.ids.items():
            if id in owners:
                both = f"is the id of {owners[id]} and of {key}"
                self._wrong("tables.toml", id, both, "give one a file in programs/ with its `record`")
            owners[id] = key

    # ---- claims ----

    def _claims(self, table: RecordTable, rows: Sequence[Row]) -> None:
        if not table.key:
            # Such a row has no key of its own, and gets each one under the empty name that `table.key` is.
            rows = [row | {"": key} for row in rows for key in self._having[row[table.part]]]
        known = [row for row in rows if row[table.key] in self.records.ids]
        for row in rows if len(known) < len(rows) else ():
            if row[table.key] not in self.records.ids:
                self._wrong(
                    table.file,
                    f"{table.key} {row[table.key]}",
                    "is a school that no table names",
                    "import the table that names the schools first",
                )
        places = [_filled(table.place, row, table.words) for row in known]
        for column in table.column:
            self._column(table, column, known, places)
        for against in table.against:
            self._against(table, against, known, places)
        if table.key and table.part:
            for row in known:
                self._having[row[table.part]].append(row[table.key])

    def _column(self, table: RecordTable, column: Column, rows: Sequence[Row], places: Sequence[str]) -> None:
        field = self.fields.get(column.field)
        if field is None:
            self._wrong(
                "tables.toml",
                f"{table.file}, {column.name}",
                f"there is no field {column.field!r}",
                nearest(column.field, self.fields),
            )
            return
        read = self._reader(table, column, field)
        as_of, own_name = self._origin(table, column.name)
        claims = self.records.claims
        for row, place in zip(rows, places, strict=True):
            cell = row[column.name].strip()
            if not cell:
                continue
            withheld = bool(table.withheld) and cell == table.withheld
            value = None if withheld else read(cell, row)
            told = claims[self.records.ids[row[table.key]]][column.field]
            if table.differing and any(claim.value == value for claim in told):
                continue
            told.append(
                Claim(
                    program=self.records.ids[row[table.key]],
                    field=column.field,
                    value=value,
                    source=table.source,
                    place=f"{place}, column {_filled(own_name, row, {})}",
                    basis=_filled(column.basis, row, table.words) if column.basis and not withheld else field.basis,
                    as_of=as_of,
                    status="withheld" if withheld else "given",
                    note=_filled(column.note, row, table.words) if column.marked and row[column.marked] else "",
                    part=row[table.part] if table.part else "",
                    like=_filled(column.like, row, table.words) if column.like and not withheld else "",
                )
            )

    def _reader(self, table: RecordTable, column: Column, field: Field) -> Callable[[str, Row], Any]:
        """What reads a cell of a column; remembers what it has read, for few cells differ."""
        held: dict[str, Any] = {}

        def read(cell: str, row: Row) -> Any:
            if cell not in held:
                raw = column.values.get(cell, cell)
                value = _number(raw) if field.type in NUMBERS else raw
                where = f"{table.key or table.part} {row[table.key or table.part]}, {column.name}"
                if column.values and cell not in column.values:
                    known = nearest(cell, column.values)
                    self._wrong(table.file, where, f"{shown(cell)} is not a value that tables.toml knows", known)
                else:
                    value, problems = read_value(field, value, table.file, where)
                    self.problems += problems
                held[cell] = value
            return held[cell]

        return read

    def _against(self, table: RecordTable, against: Against, rows: Sequence[Row], places: Sequence[str]) -> None:
        for row, place in zip(rows, places, strict=True):
            numbers = [_number(row[column]) for column in against.columns]
            if row[table.key] in self.own and all(isinstance(number, int | float) for number in numbers):
                columns = " and ".join(self._origin(table, column)[1] for column in against.columns)
                self.records.evidence.append(
                    Evidence(
                        program=self.records.ids[row[table.key]],
                        field=against.field,
                        what=against.what,
                        value=sum(numbers),
                        source=table.source,
                        place=f"{place}, column {columns}",
                    )
                )

    def _origin(self, table: RecordTable, column: str) -> tuple[str, str]:
        """(of which year the table is, what its column is called in the file that it was made from)."""
        made_from = self.imports.get(table.file)
        if made_from is None:
            source = self.sources.get(table.source)
            return source.as_of if source else "", column
        return made_from.release, made_from.columns.get(column, column)

    def _wrong(self, file: str, key: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(file, key, message, remedy))


def _filled(text: str, row: Row, words: Mapping[str, Mapping[str, str]]) -> str:
    """A text with cells of the row, as the table's `words` say them, in the places of {COLUMN}."""

    def said(found: re.Match[str]) -> str:
        cell = row.get(found[1], found[0])
        return words[found[1]].get(cell, cell) if found[1] in words else cell

    return IN_TEXT.sub(said, text) if "{" in text else text


def _number(cell: str) -> Any:
    """A cell as the number that it is; as it stands where it is none."""
    if not (found := NUMBER.fullmatch(cell)):
        return cell
    return float(cell) if found[1] else int(cell)


def _degrees(cell: str, most: int) -> float | None:
    number = _number(cell.strip())
    return float(number) if isinstance(number, int | float) and abs(number) <= most else None
