"""A pack's files → Knowledge. A bad pack raises KnowledgeError with everything that is wrong with it.

Nothing is cached: a pack is read once at start, and a changed file must show.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.files import hash_of, read_files
from knowledge.naming import Called, Name, names_of, short_of
from knowledge.problems import KnowledgeError, Problem, blanks, nearest, problems_of, shown
from knowledge.records import Reader, Records, RecordTable
from knowledge.schema import (
    Block,
    Claim,
    Contradiction,
    Field,
    Import,
    Knowledge,
    Omission,
    OtherSchool,
    Pack,
    Part,
    Place,
    Program,
    Record,
    Section,
    Source,
    Topic,
)
from knowledge.values import is_number, read_value

R = TypeVar("R", bound=Record)

TABLES: dict[str, dict[str, type[Record]]] = {
    "sources.toml": {"source": Source, "omission": Omission},
    "places.toml": {"place": Place},
    "parts.toml": {"part": Part},
    "tables.toml": {"table": RecordTable},
    "topics.toml": {"topic": Topic},
    "other_schools.toml": {"school": OtherSchool},
    "contradictions.toml": {"contradiction": Contradiction},
}
"""Files that are arrays of tables, with what each table is."""

NEEDED = ("pack.toml", "fields.toml", "sources.toml")
ELSEWHERE = ("slots.toml",)
"""Files that other rooms read from a pack."""

PROGRAM = re.compile(r"programs/[^/]+\.toml")
SECTION = re.compile(r"guide/[^/]+\.md")

BESIDE = ("names", "imports")
"""Files that tables.toml names beside its tables."""

HEAD = ("id", "name", "short", "names", "record", "latitude", "longitude")
"""The keys of a program that are not fields."""

NO_FIELD = ("id", "short", "names", "record")
"""Keys of a program that cannot be fields too: they would stand in one place of its file."""

CLAIM = tuple(key for key in Claim.model_fields if key not in ("program", "field"))
"""The keys of a claim; its program and field are told by where it stands."""


def load(folder: str | Path) -> Knowledge:
    """The knowledge in a pack's folder. Raises KnowledgeError, which lists all problems at once."""
    reader = _Reader(read_files(Path(folder)))
    knowledge = reader.knowledge()
    if reader.problems or knowledge is None:
        raise KnowledgeError(reader.problems)
    return knowledge


class _Reader:
    """Reads the files of one pack and collects what is wrong with them.

    A part that cannot be read is left out, and what refers to it is not complained of: one mistake in
    fields.toml is one problem, not one for every claim.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        read = (*NEEDED, *TABLES)
        self.data = {file: self._toml(file) for file in files if file in read or PROGRAM.fullmatch(file)}
        self.beside = self._files_beside()
        self.pack: Pack | None = None
        self.fields: dict[str, Field] = {}
        self.sources: dict[str, Source] = {}
        self.parts: dict[str, Part] = {}
        self.field_names: set[str] | None = None
        self.source_ids: set[str] | None = None

    def knowledge(self) -> Knowledge | None:
        """Everything in the pack; None where it cannot even be put together."""
        self._known_files()
        self._read_fields()
        tables = {file: self._tables(file, kinds) for file, kinds in TABLES.items()}
        self._read_sources(tables["sources.toml"]["source"])
        self._read_pack()
        self.parts = {part.id: part for part in tables["parts.toml"]["part"]}
        self._read_parts()
        own = [program for file in self.files if PROGRAM.fullmatch(file) if (program := self._program(file))]
        imports, called = self._beside_tables()
        records = self._records(own, tables["tables.toml"]["table"], imports)
        programs = [self._with_record(program, records) for program in own]
        sections = [self._section(file) for file in self.files if SECTION.fullmatch(file)]
        if not any(PROGRAM.fullmatch(file) for file in self.files):
            self._wrong("programs", "", "holds no program", "add a file programs/<id>.toml")
        if self.problems or self.pack is None:
            return None
        beyond = self._beyond(
            records, own, called, tables["places.toml"]["place"], tables["other_schools.toml"]["school"]
        )
        return Knowledge(
            pack=self.pack,
            fields=self.fields,
            sources=self.sources,
            programs={p.id: p for p in sorted(programs, key=_by_rank)},
            beyond=beyond,
            parts=self.parts,
            evidence=tuple(records.evidence),
            imports=imports,
            notices=tuple(self.notices),
            sections={s.id: s for s in sections if s is not None},
            places=tables["places.toml"]["place"],
            contradictions=tables["contradictions.toml"]["contradiction"],
            omissions=tables["sources.toml"]["omission"],
            topics=tables["topics.toml"]["topic"],
            other_schools=tables["other_schools.toml"]["school"],
            hash=hash_of(self.files),
        )

    # ---- parts of a pack ----

    def _files_beside(self) -> dict[str, str]:
        """The files that tables.toml names beside its tables, by what they are."""
        data = self.data.get("tables.toml") or {}
        named = {key: data.pop(key) for key in BESIDE if key in data}
        for key, file in named.items():
            if file not in self.files and key != "imports":  # which the first import writes
                self._wrong("tables.toml", key, f"there is no file {shown(file)}", "write its path inside the pack")
        return {key: file for key, file in named.items() if isinstance(file, str) and file in self.files}

    def _known_files(self) -> None:
        known = (*NEEDED, *TABLES, *ELSEWHERE)
        for file in self.files:
            if "/" not in file and file.endswith(".toml") and file not in known:
                self._wrong(file, "", "is not a file that a pack has", nearest(file, dict.fromkeys(known)))
        tables = [entry for entry in (self.data.get("tables.toml") or {}).get("table", ()) if isinstance(entry, dict)]
        listed = {entry.get("file") for entry in tables}
        for file in self.files:
            if file.endswith(".csv") and file not in listed:
                self._wrong(
                    file, "", "is a table that tables.toml does not name", "add a [[table]] for it, or remove it"
                )
        for file in NEEDED:
            if file not in self.files:
                self._wrong(file, "", "is missing", "every pack needs it")

    def _read_pack(self) -> None:
        data = self.data.get("pack.toml")
        if data is not None:
            self.pack = self._build(Pack, data, "pack.toml", "")
        if self.pack is not None:
            self._source_exists(self.pack.source, "pack.toml", "source")

    def _read_sources(self, sources: Iterable[Any]) -> None:
        for at, source in enumerate(sources):
            if source.id in self.sources:
                self._wrong(
                    "sources.toml",
                    f"source[{at}].id",
                    f"{source.id!r} is there twice",
                    "give each source its own id",
                )
            self.sources[source.id] = source
        data = self.data.get("sources.toml")
        if data is not None:
            entries = data.get("source", [])
            tables = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
            self.source_ids = {entry["id"] for entry in tables if isinstance(entry.get("id"), str)}

    def _read_fields(self) -> None:
        data = self.data.get("fields.toml")
        if data is None:
            return
        self.field_names = set(data)
        for name, entry in data.items():
            if not isinstance(entry, dict):
                self._wrong(
                    "fields.toml",
                    name,
                    f"{shown(entry)} is not a field",
                    f"write [{name}] and its keys below it",
                )
            elif not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in NO_FIELD:
                self._wrong(
                    "fields.toml",
                    name,
                    "cannot be the name of a field",
                    "use lower-case letters and _, and none of " + ", ".join(NO_FIELD),
                )
            elif (field := self._build(Field, {**entry, "name": name}, "fields.toml", name)) is not None:
                self._sound(field)
                self.fields[name] = field

    def _sound(self, field: Field) -> None:
        """Notes what is wrong between the keys of a field."""
        if field.type == "list" and field.item is None:
            self._wrong("fields.toml", f"{field.name}.item", "is missing", "say what an entry of the list is")
        if field.type != "list" and field.item is not None:
            self._wrong(
                "fields.toml",
                f"{field.name}.item",
                f"belongs to lists, and the type is {field.type!r}",
                "remove it",
            )
        if field.type == "choice" and not field.choices:
            self._wrong("fields.toml", f"{field.name}.choices", "is missing", "list what the value may be")
        if field.least_number is not None and field.most_number is not None and field.least_number > field.most_number:
            self._wrong("fields.toml", f"{field.name}.least_number", "is more than most_number", "swap the two")
        try:
            field.show.format(value="text" if field.type in {"text", "choice", "list"} else 1)
        except (ValueError, LookupError, AttributeError, TypeError):
            self._wrong(
                "fields.toml",
                f"{field.name}.show",
                f"{shown(field.show)} cannot show a value",
                "use {value} once, such as '{value}%'",
            )

    def _program(self, file: str) -> Program | None:
        data = self.data[file]
        if data is None:
            return None
        head = {key: data.pop(key) for key in HEAD if key in data}
        self._named_after_file(head, file)
        self._coordinates(head, file)
        claims = {name: self._claims(name, entries, head.get("id"), file) for name, entries in data.items()}
        return self._build(
            Program, {**head, "claims": {name: found for name, found in claims.items() if found}}, file, ""
        )

    def _claims(self, name: str, entries: Any, program: Any, file: str) -> tuple[Claim, ...]:
        if self.field_names is not None and name not in self.field_names:
            self._wrong(file, name, "is not a field of fields.toml", nearest(name, sorted(self.field_names)))
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._wrong(
                file,
                name,
                f"{shown(entries)} is not a claim",
                f"write [[{name}]] with value and place below it",
            )
            return ()
        if name not in self.fields:
            return ()
        found = [
            self._claim(self.fields[name], dict(entry), program, file, f"{name}[{at}]")
            for at, entry in enumerate(entries)
        ]
        return tuple(claim for claim in found if claim is not None)

    def _claim(self, field: Field, entry: dict[str, Any], program: Any, file: str, key: str) -> Claim | None:
        for unknown in entry.keys() - CLAIM:
            self._wrong(file, f"{key}.{unknown}", "is not a known key", nearest(unknown, CLAIM))
            del entry[unknown]
        if isinstance(source := entry.get("source"), str):
            self._source_exists(source, file, f"{key}.source")
        elif source is None:
            source = entry["source"] = self.pack.source if self.pack else "unknown"
        if isinstance(source, str) and source in self.sources:
            entry.setdefault("as_of", self.sources[source].as_of)
        entry.setdefault("basis", field.basis)
        if entry.get("status") == "withheld":
            if "value" in entry:
                self._wrong(file, f"{key}.value", "is given, and the status is 'withheld'", "remove one of the two")
            entry["value"] = None
        elif "value" in entry:
            entry["value"], problems = read_value(field, entry["value"], file, f"{key}.value")
            self.problems += problems
        return self._build(Claim, {**entry, "program": str(program), "field": field.name}, file, key)

    # ---- record tables ----

    def _read_parts(self) -> None:
        for at, part in enumerate((self.data.get("parts.toml") or {}).get("part", ())):
            under = part.get("under") if isinstance(part, dict) else None
            if isinstance(under, str) and under and under not in self.parts:
                known = nearest(under, self.parts)
                self._wrong("parts.toml", f"part[{at}].under", f"there is no part {under!r}", known)

    def _beside_tables(self) -> tuple[tuple[Import, ...], dict[str, Called]]:
        """What the files beside the tables hold: the imports, and names by the id of a program."""
        imports: dict[str, Any] = {}
        if file := self.beside.get("imports"):
            self.data[file] = self._toml(file)
            imports = self._tables(file, {"import": Import})
        called: dict[str, Called] = {}
        if file := self.beside.get("names"):
            for id, entry in (self._toml(file) or {}).items():
                if not isinstance(entry, dict):
                    self._wrong(file, id, f"{shown(entry)} is not a school", f"write [{id}] and names below it")
                elif (found := self._build(Called, entry, file, id)) is not None:
                    called[id] = found
        return imports.get("import", ()), called

    def _records(
        self, programs: Iterable[Program], tables: Iterable[RecordTable], imports: Iterable[Import]
    ) -> Records:
        """What the record tables hold, read once the rest is known to be right."""
        ids: dict[str, str] = {}
        for program in programs:
            if program.record in ids:
                whose = f"{program.record!r} is that of {ids[program.record]}"
                self._wrong(f"programs/{program.id}.toml", "record", whose, "correct one of the two")
            elif program.record:
                ids[program.record] = program.id
        if self.problems:
            return Records()
        for at, table in enumerate(tables):
            self._source_exists(table.source, "tables.toml", f"table[{at}].source")
            if table.file not in self.files:
                remedy = "make it with `advisor import`, or remove it from tables.toml"
                self.notices.append(Problem(table.file, "", "is not there", remedy))
        reader = Reader(self.fields, self.sources, list(self.parts), imports, ids)
        records = reader.read(tables, self.files)
        self.problems += reader.problems
        return records

    def _with_record(self, program: Program, records: Records) -> Program:
        """A program with what the record says of it after its own claims."""
        school = records.schools.get(program.record)
        if school is None:
            return program
        told = records.claims[program.id]
        claims = {field: (*program.claims.get(field, ()), *told.get(field, ())) for field in (*program.claims, *told)}
        where = {"latitude": school.latitude, "longitude": school.longitude} if school.latitude is not None else {}
        return program.model_copy(update={"claims": claims, **where})

    def _beyond(
        self,
        records: Records,
        programs: Iterable[Program],
        called: Mapping[str, Called],
        places: Iterable[Place],
        schools_outside: Iterable[OtherSchool],
    ) -> dict[str, Program]:
        """The programs that only the record holds, by name."""
        own = {program.record for program in programs}
        schools = {records.ids[key]: school for key, school in records.schools.items() if key not in own}
        # A newer release may leave a school out or rename it: no reason for the whole pack to fail.
        for id in sorted(called.keys() - schools.keys()):
            remedy = nearest(id, schools) if schools else "import the record tables"
            self.notices.append(Problem(self.beside["names"], id, "is no school of the record", remedy))
        listed = [
            Name(id, tuple(school.names), called.get(id, Called()), school.aliases) for id, school in schools.items()
        ]
        taken = [name for program in programs for name in program.names]
        taken += [name for place in places for name in place.names]
        taken += [name for school in schools_outside for name in (school.name, *school.names)]
        names = names_of(listed, taken)
        found = [
            Program(
                id=one.id,
                name=one.full[0],
                short=short_of(one),
                names=names[one.id],
                record=schools[one.id].key,
                latitude=schools[one.id].latitude,
                longitude=schools[one.id].longitude,
                claims={},
            ).model_copy(update={"claims": {field: tuple(c) for field, c in records.claims[one.id].items()}})
            for one in listed
        ]
        return {program.id: program for program in sorted(found, key=lambda program: program.name.casefold())}

    def _section(self, file: str) -> Section | None:
        text = self._text(file)
        if text is None:
            return None
        lines = text.splitlines()
        if not lines or lines[0].strip() != "+++" or "+++" not in (line.strip() for line in lines[1:]):
            self._wrong(file, "", "has no head", "begin with id, title, source and place between two lines +++")
            return None
        end = next(at for at, line in enumerate(lines[1:], 1) if line.strip() == "+++")
        # The empty first line keeps the line numbers of TOML's complaints right.
        head = self._parsed("\n" + "\n".join(lines[1:end]), file)
        if head is None:
            return None
        self._named_after_file(head, file)
        if isinstance(source := head.get("source"), str):
            self._source_exists(source, file, "source")
        head["blocks"] = self._blocks(lines[end + 1 :], head.pop("asks", {}), file)
        return self._build(Section, head, file, "")

    def _blocks(self, lines: list[str], asks: Any, file: str) -> tuple[Block, ...]:
        texts: dict[str, list[str]] = {"": []}
        current = ""
        for line in lines:
            if line.startswith("## "):
                current = line[3:].strip()
                if current in texts:
                    self._wrong(file, f"## {current}", "is there twice", "give each block its own heading")
                texts[current] = []
            else:
                texts[current].append(line)
        bodies = {heading: "\n".join(body).strip() for heading, body in texts.items()}
        if not bodies[""]:
            del bodies[""]
        if not bodies:
            self._wrong(file, "", "has no text", "write blocks that begin with ## and a heading")
        if not isinstance(asks, dict):
            self._wrong(
                file,
                "asks",
                f"{shown(asks)} is not a table",
                "write [asks] and '\"Heading\" = [questions]' below it",
            )
            asks = {}
        for heading in asks:
            if heading not in bodies:
                self._wrong(file, f"asks.{shown(heading)}", "is the heading of no block", nearest(heading, bodies))
        blocks = []
        for heading, body in bodies.items():
            if not body:
                self._wrong(file, f"## {heading}", "has no text", "write it or remove the heading")
                continue
            where = f"asks.{shown(heading)}"
            # Only the questions can be wrong here, so the key that is named is theirs.
            try:
                blocks.append(Block(heading=heading, text=body, asks=asks.get(heading, ())))
            except ValidationError as error:
                for found in problems_of(error, file, where):
                    self._wrong(file, found.key.replace(f"{where}.asks", where), found.message, found.remedy)
        return tuple(blocks)

    # ---- shared ----

    def _tables(self, file: str, kinds: Mapping[str, type[Record]]) -> dict[str, Any]:
        """The records of a file, by the name of their array; none where the file is absent."""
        data = self.data.get(file) or {}
        for name in data.keys() - kinds.keys():
            self._wrong(file, name, "is not a known key", "write " + " or ".join(f"[[{kind}]]" for kind in kinds))
        out = {}
        for name, model in kinds.items():
            entries = data.get(name, [])
            if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
                self._wrong(file, name, f"{shown(entries)} is not a list of tables", f"write [[{name}]]")
                entries = []
            found = [self._build(model, entry, file, f"{name}[{at}]") for at, entry in enumerate(entries)]
            out[name] = tuple(record for record in found if record is not None)
        return out

    def _build(self, model: type[R], values: dict[str, Any], file: str, key: str) -> R | None:
        try:
            record = model(**values)
        except ValidationError as error:
            self.problems += problems_of(error, file, key, model)
            return None
        self.problems += blanks(record, file, key)
        return record

    def _toml(self, file: str) -> dict[str, Any] | None:
        """A file's content; None where it is broken."""
        text = self._text(file)
        return None if text is None else self._parsed(text, file)

    def _parsed(self, text: str, file: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads(text)
        except RecursionError:
            self._wrong(file, "", "is not valid TOML: it is nested too deeply", "write it flatter")
        except ValueError as error:  # also an integer of thousands of digits
            self._wrong(file, "", f"is not valid TOML: {error}", "correct that line")
        return None

    def _text(self, file: str) -> str | None:
        try:
            # Some editors put a byte order mark first.
            return self.files[file].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.files[file][: error.start].count(b"\n") + 1
            self._wrong(file, "", f"is not UTF-8 text (line {line})", "save it as UTF-8")
            return None

    def _named_after_file(self, head: Mapping[str, Any], file: str) -> None:
        stem = Path(file).stem
        if isinstance(head.get("id"), str) and head["id"] != stem:
            self._wrong(
                file,
                "id",
                f"{shown(head['id'])} is not the name of the file",
                f"write id = {stem!r} or rename the file",
            )

    def _coordinates(self, head: dict[str, Any], file: str) -> None:
        for key, most in (("latitude", 90), ("longitude", 180)):
            value = head.get(key)
            if value is not None and not (is_number(value) and -most <= value <= most):
                self._wrong(file, key, f"{shown(value)} is not a {key}", f"write degrees from -{most} to {most}")
                del head[key]
        if ("latitude" in head) != ("longitude" in head):
            missing = "longitude" if "latitude" in head else "latitude"
            self._wrong(
                file,
                missing,
                "is missing or wrong, and the other coordinate is there",
                "give both or neither",
            )

    def _source_exists(self, source: str, file: str, key: str) -> None:
        if source and self.source_ids is not None and source not in self.source_ids:
            self._wrong(file, key, f"there is no source {source!r}", nearest(source, sorted(self.source_ids)))

    def _wrong(self, file: str, key: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(file, key, message, remedy))


def _by_rank(program: Program) -> tuple[bool, float, str]:
    rank = program.value("rank")
    ranked = is_number(rank)
    return not ranked, rank if ranked else 0, program.name.casefold()
