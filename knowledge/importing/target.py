"""The pack that an import goes into: what it asks for, and putting tables into it all at once or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.files import read_files
from knowledge.importing.reading import Row, wrong
from knowledge.loading import load
from knowledge.schema import Import, Knowledge, Part

SCHOOLS = "schools.csv"

HEADER = "# Written by `advisor import`: which files the tables beside this one were made from.\n"


@dataclass(frozen=True)
class Table:
    """A compact table to be written: its bare name, columns and rows, and its columns' names in the source."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, str]

    def content(self) -> bytes:
        """The table as a CSV file: rows in the order given, the same bytes every time."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.head)
        writer.writerows(self.rows)
        return out.getvalue().encode()


class Target:
    """A pack as it is before an import. Raises KnowledgeError where it has no record tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = read_files(folder)
        tables = self._toml("tables.toml")
        self.paths = {Path(table["file"]).name: str(table["file"]) for table in tables.get("table", ())}
        self.sources = {Path(table["file"]).name: str(table["source"]) for table in tables.get("table", ())}
        self.imports_file = str(tables.get("imports", ""))
        if not (self.paths and self.imports_file):
            raise wrong("tables.toml", "", "names no record tables", "write [[table]] and imports as README.md says")
        self.parts = {part["id"]: Part(**part) for part in self._toml("parts.toml").get("part", ())}
        programs = [self._toml(file) for file in self.files if file.startswith("programs/")]
        self.ranked = {str(head["record"]): str(head["name"]) for head in programs if head.get("record")}

    def schools(self) -> dict[str, str]:
        """The schools that are wanted, by their key: those of the table of schools, and the pack's own."""
        rows = self.rows(SCHOOLS)
        if not rows:
            told = "is not there yet: it says which schools are wanted"
            raise wrong(SCHOOLS, "", told, "run `advisor import scorecard-field-of-study FILE` first")
        return self.ranked | {row["UNITID"]: row["INSTNM"] for row in rows}

    def rows(self, name: str) -> list[Row]:
        """The rows of a record table as it is; none where it has not been made."""
        content = self.files.get(self.paths.get(name, ""), b"")
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    def put(self, tables: Iterable[Table], imports: Sequence[Import]) -> tuple[Knowledge, tuple[str, ...]]:
        """The pack with these tables in it, and the files that this changed.

        The changed pack is first loaded from a copy, so one that cannot be used leaves this one as it was.
        """
        made = {self.path(table.name): table.content() for table in tables}
        made[self.imports_file] = self._imports(imports)
        changed = {file: content for file, content in made.items() if self.files.get(file) != content}
        with tempfile.TemporaryDirectory(dir=self.folder.parent, prefix=".import-") as scratch:
            copy = Path(scratch) / "pack"
            for file, content in {**self.files, **changed}.items():
                (copy / file).parent.mkdir(parents=True, exist_ok=True)
                (copy / file).write_bytes(content)
            knowledge = load(copy)
            for file in changed:
                (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
                if (self.folder / file).exists():
                    shutil.copymode(self.folder / file, copy / file)
                os.replace(copy / file, self.folder / file)
        return knowledge, tuple(sorted(changed))

    def path(self, name: str) -> str:
        """Where a record table stands in the pack."""
        if name not in self.paths:
            raise wrong("tables.toml", "", f"has no record table {name}", "add it as README.md says")
        return self.paths[name]

    def _imports(self, new: Sequence[Import]) -> bytes:
        """imports.toml with the new entries in the place of older ones of the same tables."""
        tables = {one.table for one in new}
        content = self.files.get(self.imports_file, b"")
        old = [Import(**entry) for entry in tomllib.loads(content.decode()).get("import", ())]
        kept = [one for one in old if one.table not in tables]
        entries = sorted([*kept, *new], key=lambda one: (one.table, one.file))
        return "\n".join([HEADER, *map(_written, entries)]).encode()

    def _toml(self, file: str) -> dict[str, Any]:
        try:
            return tomllib.loads(self.files.get(file, b"").decode("utf-8-sig"))
        except ValueError as error:
            raise wrong(file, "", f"is not valid TOML: {error}", "correct that line") from None


def _written(one: Import) -> str:
    """An import as TOML."""
    texts = {key: getattr(one, key) for key in ("table", "format", "file", "sha256", "release")}
    lines = ["[[import]]", *(f"{key} = {_quoted(text)}" for key, text in texts.items())]
    if one.columns:
        columns = ", ".join(f"{column} = {_quoted(name)}" for column, name in sorted(one.columns.items()))
        lines.append(f"columns = {{ {columns} }}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
