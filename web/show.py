"""How things are shown on a page: names, links to where a fact stands, prose. Used by the templates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for
from markdown_it import MarkdownIt
from markupsafe import Markup

from knowledge import Claim, Field, Knowledge, Program, show_entry

from web import held

Json = dict[str, Any]

_plain = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["list", "table", "newline"])
_rich = MarkdownIt("commonmark", {"html": False}).enable("table")


def _table_open(*_: Any) -> str:
    # A region of its own: where the page is narrow it scrolls, by keyboard too.
    return '<div class="wide" role="region" aria-label="Table" tabindex="0"><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


for _writer in (_plain, _rich):
    _writer.renderer.rules.update(table_open=_table_open, table_close=_table_close)  # type: ignore[attr-defined]

MARKS = {True: ("✓", "met"), False: ("✗", "not met"), None: ("?", "not known")}
"""How a reason's `met` is shown, and said."""

FEW = 4
"""Sources listed openly under a reply; more of them are folded away."""


def register(app: Flask) -> None:
    """Gives the templates what they need, and static files an address that changes with their content."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(prose=prose, markdown=markdown, slug=slug, entries=entries)
    app.jinja_env.globals.update(
        program_name=program_name,
        program_link=program_link,
        section_title=section_title,
        field_label=field_label,
        shown=shown,
        key_figures=key_figures,
        comparisons=comparisons,
        answer_text=answer_text,
        MARKS=MARKS,
        FEW=FEW,
    )
    hashes = {path.name: _hash(path) for path in Path(str(app.static_folder)).iterdir() if path.is_file()}

    def static(name: str) -> str:
        return url_for("static", filename=name, v=hashes[name])

    def keep(response: Response) -> Response:
        name = (request.view_args or {}).get("filename", "")
        if request.endpoint == "static" and request.args.get("v") == hashes.get(name, ""):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.jinja_env.globals["static"] = static
    app.after_request(keep)
    app.context_processor(lambda: {"knowledge": held.knowledge(), "settings": held.settings()})


# ---- words -----------------------------------------------------------------------------------


def prose(text: str) -> Markup:
    """Plain text as paragraphs; lines that make a list or a table become one. All HTML is escaped."""
    return Markup(_plain.render(text))


def markdown(text: str) -> Markup:
    """Markdown of the guide as HTML; HTML in it is escaped."""
    return Markup(_rich.render(text))


def slug(text: str) -> str:
    """Text as an anchor.

    >>> slug("All ten states")
    'all-ten-states'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def entries(value: Any) -> list[str]:
    """The entries of a list claim, each as one line."""
    return [show_entry(entry) for entry in value]


# ---- names and links -------------------------------------------------------------------------


def program_name(id: str) -> str:
    """What a program is called; its id where the knowledge no longer has it."""
    program = held.knowledge().programs.get(id)
    return id if program is None else program.short


def program_link(id: str, field: str = "") -> str:
    """Where a program is shown, or one field of it."""
    return url_for("catalogue.program", id=id, _anchor=field or None)


def section_title(id: str) -> str:
    """What a guide section is called."""
    section = held.knowledge().sections.get(id)
    return id if section is None else section.title


def field_label(name: str) -> str:
    """What a field is called."""
    field = held.knowledge().fields.get(name)
    return name.replace("_", " ") if field is None else field.label


def shown(claim: Claim) -> str:
    """A claim's value as it reads."""
    return str(held.advisor().claim_dict(claim)["display"])


# ---- figures ---------------------------------------------------------------------------------


def columns(knowledge: Knowledge) -> list[Field]:
    """The fields that tell programs apart at a glance: short ones that most programs have."""
    half = len(knowledge.programs) / 2
    short = (f for f in knowledge.fields.values() if f.type != "list" and not f.prose and f.name != "name")
    return [f for f in short if sum(f.name in p.claims for p in knowledge.programs.values()) > half]


def key_figures(id: str) -> tuple[Program | None, list[tuple[Field, Claim]]]:
    """A program and the few numbers that go on its card, after its rank and place."""
    program = held.knowledge().programs.get(id)
    if program is None:
        return None, []
    figures = []
    for field in columns(held.knowledge()):
        claim = program.claim(field.name)
        if claim is not None and field.name != "rank" and field.type in ("money", "percent", "number", "integer"):
            figures.append((field, claim))
    return program, figures[:4]


@dataclass(frozen=True)
class Cell:
    """What was said of one program on one field; `best`: the better end among the programs compared."""

    facts: tuple[Json, ...]
    best: bool = False


@dataclass(frozen=True)
class Comparison:
    """Facts side by side: a column a program, a row a field."""

    programs: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def comparisons(reply: Json) -> list[Comparison]:
    """The tables for the parts of a reply that compare; two lines or fewer read better as text."""
    facts = reply["facts"]
    chosen = [[facts[i] for i in part["facts"]] for part in reply["parts"] if part["act"] == "compare"]
    tables = [_table([f for f in some if f["program"]]) for some in chosen]
    return [table for table in tables if len(table.programs) > 1 and len(table.rows) > 2]


def _table(facts: Sequence[Json]) -> Comparison:
    programs = tuple(dict.fromkeys(f["program"] for f in facts))
    rows = []
    for field in dict.fromkeys(f["field"] for f in facts):
        of = {p: tuple(f for f in facts if f["field"] == field and f["program"] == p) for p in programs}
        best = _best(field, {p: told[0]["value"] for p, told in of.items() if told})
        rows.append((field, tuple(Cell(of[p], p in best) for p in programs)))
    return Comparison(programs, tuple(rows))


def _best(field: str, values: dict[str, Any]) -> set[str]:
    """The programs at the better end of a field; none where there is no better, or all are alike."""
    known = held.knowledge().fields.get(field)
    if known is None or known.better is None or not all(isinstance(v, int | float) for v in values.values()):
        return set()
    if len(set(values.values())) < 2:
        return set()
    end = max(values.values()) if known.better == "higher" else min(values.values())
    return {program for program, value in values.items() if value == end}


def answer_text(reply: Json) -> str:
    """The reply's text without what stands beside it in a form of its own: the advisor's question
    with its choices, the shortlist as cards, a comparison as a table."""
    text = unranked(reply)
    labels = tuple(f"{field_label(field)}:".lower() for table in comparisons(reply) for field, _ in table.rows)
    return "\n".join(line for line in text.split("\n") if not line.lower().startswith(labels or ("\n",)))


def unranked(reply: Json) -> str:
    """The reply's text without its question and the numbered lines of its shortlist."""
    text, question = str(reply["text"]), reply["question"]
    if question:
        text = text.removesuffix(question["text"]).rstrip()
    if reply["shortlist"]:
        text = "\n".join(line for line in text.split("\n") if not re.match(r"\d+\. ", line))
    return text


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
