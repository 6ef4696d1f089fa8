"""How things are shown on a page: names, links to where a fact stands, prose. Used by the templates."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for
from markdown_it import MarkdownIt
from markupsafe import Markup

from knowledge import Claim, Field, Knowledge, Program, Source, show_entry

from web import held, record
from web.comparison import comparisons

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

NUMBERS = ("money", "percent", "number", "integer")
"""Types of fields that are figures."""

PRICED = ("tuition", "total_cost")
"""Criteria that are held against a price."""

WIDEN = "not just the ranking"
"""What a student says to see programs beyond the pack's own."""

FEW = 4
"""Sources listed openly under a reply; more of them are folded away."""


def register(app: Flask) -> None:
    """Gives the templates what they need, and static files an address that changes with their content."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(prose=prose, markdown=markdown, slug=slug, entries=entries, address=record.address)
    app.jinja_env.filters["charges"] = lambda program: record.charges(held.knowledge(), program)
    app.jinja_env.globals.update(
        program_name=program_name,
        program_link=program_link,
        fact_link=fact_link,
        section_title=section_title,
        field_label=field_label,
        shown=shown,
        key_figures=key_figures,
        in_doubt=in_doubt,
        without_name=without_name,
        cited_by=cited_by,
        told_facts=told_facts,
        NUMBERS=NUMBERS,
        WEBSITE=record.WEBSITE,
        WIDEN=WIDEN,
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
    knowledge = held.knowledge()
    return knowledge.program(id).short if knowledge.has(id) else id


def program_link(id: str, field: str = "") -> str:
    """Where a program is shown, or one field of it."""
    return url_for("catalogue.program", id=id, _anchor=field or None)


def fact_link(fact: Json) -> str:
    """Where a fact stands: its field on its program's page, or its source where it is of no program."""
    if fact["program"]:
        return program_link(fact["program"], record.anchor(held.knowledge(), fact))
    return url_for("catalogue.about", _anchor=fact["source"]["document"] or None)


def cited_by(reply: Json) -> list[Source]:
    """The sources that the facts of a reply are from, in the order of the pack."""
    cited = {fact["source"]["document"] for fact in reply["facts"]}
    return [source for id, source in held.knowledge().sources.items() if id in cited]


def told_facts(reply: Json) -> list[Json]:
    """The facts of a reply, without those that another one is made of and names."""
    made_of = [one for fact in reply["facts"] for one in fact.get("derived_from", ())]
    return [fact for fact in reply["facts"] if fact not in made_of]


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
    """The fields that tell programs apart at a glance: short ones that the pack's own source gives of most."""
    half = len(knowledge.programs) / 2
    own = Counter(
        field
        for program in knowledge.programs.values()
        for field, claims in program.claims.items()
        if any(claim.source == knowledge.pack.source for claim in claims)
    )
    short = (f for f in knowledge.fields.values() if f.type != "list" and not f.prose and f.name != "name")
    return [f for f in short if own[f.name] > half]


@dataclass(frozen=True)
class Figure:
    """A number on a card: what it is, how it reads, and where it stands."""

    label: str
    display: str
    link: str


def key_figures(id: str, reply: Json) -> tuple[Program | None, list[Figure]]:
    """A program and the few numbers that go on its card, after its rank and place.

    A price that applies to the student stands in the place of the one that is asked for, which may be of others.
    """
    knowledge = held.knowledge()
    if not knowledge.has(id):
        return None, []
    program, price = knowledge.program(id), knowledge.pack.price
    replaced = price.asked if price and _prices(program, reply) else ""
    figures = [
        Figure(_labelled(field, claim), shown(claim), program_link(id, field.name))
        for field in columns(knowledge)
        if field.type in NUMBERS and field.name not in ("rank", replaced)
        if (claim := program.claim(field.name)) is not None
    ]
    return program, [*_prices(program, reply), *figures][:4]


def _labelled(field: Field, claim: Claim) -> str:
    """What a figure is called on a card: a price with whose it is and its year."""
    if field.type != "money":
        return field.label
    return ", ".join(filter(None, (field.label, f"{held.knowledge().sources[claim.source].publisher} {claim.as_of}")))


def _prices(program: Program, reply: Json) -> list[Figure]:
    """The price that applies, where the reply has it; of programs beyond the pack's own both sides of it."""
    knowledge = held.knowledge()
    if applying := _applying(program.id, reply):
        label = f"{field_label(applying['field'])}, {applying['as_of']}"
        return [Figure(label, applying["display"], fact_link(applying))]
    if program.id in knowledge.programs:
        return []
    return [
        Figure(f"{c.as_of}, {c.whom}", c.display, program_link(program.id, c.id))
        for c in record.charges(knowledge, program)
    ]


def _applying(id: str, reply: Json) -> Json | None:
    """The fact of a reply that is a program's price for the student."""
    price = held.knowledge().pack.price
    own = (f for f in reply["facts"] if price is not None and (f["program"], f["field"]) == (id, price.field))
    return next(own, None)


def in_doubt(offer: Json) -> bool:
    """Whether it cannot be told that a program's price is within the student's limit."""
    return any(r["met"] is None and r["criterion"] in PRICED for r in offer["reasons"])


def without_name(miss: Json) -> str:
    """Why a near miss is none, after its name."""
    names = (f"{name}: " for name in (program_name(miss["program"]), _full_name(miss["program"])))
    because = str(miss["because"])
    return next((because.removeprefix(name) for name in names if because.startswith(name)), because)


def _full_name(id: str) -> str:
    knowledge = held.knowledge()
    return knowledge.program(id).name if knowledge.has(id) else id


# ---- text ------------------------------------------------------------------------------------


def answer_text(reply: Json) -> str:
    """The reply's text without what stands beside it in a form of its own: the advisor's question
    with its choices, the shortlist as cards, a comparison as a table, the near misses, the wider set."""
    shown_apart = {row.line for table in comparisons(reply) for row in table.rows if row.line}
    lines = [line for line in unranked(reply).split("\n") if line not in shown_apart]
    if misses := [miss["because"] for miss in reply["near_misses"] or ()]:
        lines = [line for line in lines if not all(because in line for because in misses)]
    if reply.get("wider"):  # a button says what the text says to type
        lines = [line for line in lines if f'"{WIDEN}"' not in line]
    return "\n".join(lines)


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
