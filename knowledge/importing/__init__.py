"""Other people's files → the record tables of a pack: one file a format.

An import reads files in the layout in which their agency publishes them, keeps what the pack asks for, and
writes compact tables, with the name, checksum and release of each file beside them (imports.toml). A file
that cannot be used raises KnowledgeError, and the pack stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from knowledge.conflicts import conflicts
from knowledge.importing import ipeds_charges, ipeds_directory, scorecard_field_of_study, stem_list
from knowledge.importing.made import Made
from knowledge.importing.reading import wrong
from knowledge.importing.report import Report
from knowledge.importing.target import Target
from knowledge.problems import nearest
from knowledge.schema import Import


class Format(Protocol):
    """What the module of a format has."""

    FORMAT: str

    def release_of(self, name: str) -> str:
        """Of when a file is, by its name; "" where that does not say."""

    def make(self, paths: Sequence[Path], target: Target, release: str) -> Made:
        """The tables that the files make for a pack."""


_FORMATS: tuple[Format, ...] = (scorecard_field_of_study, ipeds_directory, ipeds_charges, stem_list)
FORMATS: dict[str, Format] = {module.FORMAT: module for module in _FORMATS}
"""Each format by its name, in the order in which a new pack imports them."""

__all__ = ["FORMATS", "Report", "import_files"]


def import_files(format: str, files: Sequence[Path], pack: Path, release: str = "") -> Report:
    """Puts what the files hold into a pack, and tells what that was.

    `release` says of when they are where their names do not. Importing the same again changes nothing.
    Raises KnowledgeError.
    """
    if format not in FORMATS:
        raise wrong(format, "", "is not a format", nearest(format, FORMATS))
    target = Target(pack)
    release = release or _release(format, files)
    made = FORMATS[format].make(files, target, release)
    imports = [
        Import(
            table=target.path(table.name),
            format=format,
            file=file,
            sha256=sha256,
            release=release,
            columns=dict(table.columns),
        )
        for table in made.tables
        for file, sha256 in made.sha256.items()
    ]
    knowledge, changed = target.put((*made.tables, *made.pruned), imports)
    sources = {target.sources[table.name] for table in made.tables}
    found = tuple(f"{one.program}: {one.field}: {one.what}" for one in conflicts(knowledge) if sources & {*one.sources})
    return replace(made.report, conflicts=found, changed=changed)


def _release(format: str, files: Sequence[Path]) -> str:
    """Of when the files are, by their names. Raises KnowledgeError where they do not say, or disagree."""
    releases = {FORMATS[format].release_of(file.name) for file in files}
    if len(releases) != 1 or "" in releases:
        names = ", ".join(file.name for file in files)
        raise wrong(names, "", "does not say by its name of when it is", "say it with --release, such as 2022-23")
    return releases.pop()
