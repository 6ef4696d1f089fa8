"""The pages where every cited source can be read: programs, guide sections, and where it all is from."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from web import edge, finding, held, record
from web.show import columns

catalogue = Blueprint("catalogue", __name__)

PLACES = ("city", "state", "control")
"""What the list of programs beyond the pack's own tells of each, where the pack has such fields."""


@catalogue.get("/programs")
def programs() -> str:
    """The pack's own programs in one table, the others page by page; or those that a search finds."""
    knowledge, text = held.knowledge(), edge.search()
    found = finding.find(knowledge, text, None if text else False)
    limit, offset, following = edge.window(len(found), most=50)
    return render_template(
        "programs.html",
        columns=columns(knowledge),
        places=[knowledge.fields[name] for name in PLACES if name in knowledge.fields],
        text=text,
        page=found[offset : offset + limit],
        total=len(found),
        offset=offset,
        before=max(offset - limit, 0) if offset else None,
        following=following,
        cited=record.sources(knowledge, (*knowledge.programs.values(), *knowledge.beyond.values())),
    )


@catalogue.get("/programs/<id>")
def program(id: str) -> str:
    """One program: every claim with its basis, year and place, what disagrees, and what is not given."""
    knowledge = held.knowledge()
    if not knowledge.has(id):
        abort(404)
    found = knowledge.program(id)
    table, prices = record.by_part(knowledge, found), record.price_fields(knowledge)
    apart = {*prices, *(field.name for field in table.fields)}
    computed = {knowledge.pack.price.field} if knowledge.pack.price else set()
    fields = [f for f in knowledge.fields.values() if f.name not in apart]
    asked = knowledge.fields.get(prices[0]) if prices else None
    return render_template(
        "program.html",
        program=found,
        ranked=id in knowledge.programs,
        asked=asked,
        charged=record.charges(knowledge, found),
        differences=record.differences(knowledge, found, asked.name) if asked else [],
        likeness=record.likeness(knowledge, asked.name) if asked else None,
        table=table,
        fields=[f for f in fields if f.name in found.claims],
        missing=[f for f in fields if f.name not in found.claims and f.name not in computed and f.name != "name"],
        contradictions=[c for c in knowledge.contradictions if any(f.startswith(f"{id}.") for f in c.fields)],
        cited=record.sources(knowledge, (found,)),
    )


@catalogue.get("/guide")
def guide() -> str:
    """The sections of the guide."""
    return render_template("guide.html")


@catalogue.get("/guide/<id>")
def section(id: str) -> str:
    """One section of the guide, with its source."""
    knowledge = held.knowledge()
    found = knowledge.sections.get(id)
    if found is None:
        abort(404)
    touching = [c for c in knowledge.contradictions if id in c.sections]
    return render_template("section.html", section=found, contradictions=touching)


@catalogue.get("/about")
def about() -> str:
    """Where the knowledge is from, where it contradicts itself, and what it does not hold."""
    knowledge = held.knowledge()
    asked = knowledge.pack.price.asked if knowledge.pack.price else ""
    beside = [(program, record.differences(knowledge, program, asked)) for program in knowledge.programs.values()]
    return render_template(
        "about.html",
        withheld=record.withheld(knowledge),
        asked=asked,
        disputed=[(program, differences) for program, differences in beside if differences],
        likeness=record.likeness(knowledge, asked),
    )
