"""What an import did, for whoever ran it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """What an import did.

    `rows` were read; of the `wanted` schools `matched` have a row, and `not_covered` names the others.
    `filled` values were given, `withheld` are not published, `missing` not there. `absent` pairs of a school
    and a part have no row at all: no such program. `conflicts`: where the record and the pack's own claims
    disagree, and by how much. `changed` files were written; none where the same was imported before.
    """

    format: str
    files: tuple[str, ...]
    release: str
    rows: int = 0
    wanted: int = 0
    matched: int = 0
    filled: int = 0
    withheld: int = 0
    missing: int = 0
    absent: int = 0
    not_covered: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The report as people read it, line by line."""
        yield f"{self.format}, {self.release}: {', '.join(self.files)}"
        yield f"  read         {self.rows} rows"
        if self.wanted:
            yield f"  matched      {self.matched} of {self.wanted} schools"
        yield f"  filled       {self.filled} values"
        yield f"  withheld     {self.withheld} values, for too few people"
        yield f"  missing      {self.missing} values, not given in a row that is there"
        if self.absent:
            yield f"  no program   {self.absent} pairs of a school and a field of study without a row"
        yield f"  not covered  {len(self.not_covered)} schools without a row" + _listed(self.not_covered)
        for note in self.notes:
            yield f"  note         {note}"
        yield f"  in conflict  {len(self.conflicts)} with the pack's own claims"
        for conflict in self.conflicts:
            yield f"    {conflict}"
        yield "  written      " + (", ".join(self.changed) or "nothing: all of it is there already")


def _listed(names: tuple[str, ...]) -> str:
    return f": {', '.join(names)}" if names else ""
