"""What a format makes of its files, before it is put into the pack."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.importing.report import Report
from knowledge.importing.target import Table


@dataclass(frozen=True)
class Made:
    """The tables that an import makes, its report so far, and the SHA-256 of each file.

    `pruned` are older tables from which it takes rows that nothing asks for any more.
    """

    tables: tuple[Table, ...]
    report: Report
    sha256: dict[str, str]
    pruned: tuple[Table, ...] = ()
