"""The pages where every cited source can be read: programs, guide sections, and where it all is from."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from web import held
from web.show import columns

catalogue = Blueprint("catalogue", __name__)


@catalogue.get("/programs")
def programs() -> str:
    """All programs, with what most of them have."""
    return render_template("programs.html", columns=columns(held.knowledge()))


@catalogue.get("/programs/<id>")
def program(id: str) -> str:
    """One program: every claim with its basis, year and place, what disagrees, and what is not given."""
    knowledge = held.knowledge()
    found = knowledge.programs.get(id)
    if found is None:
        abort(404)
    touching = [c for c in knowledge.contradictions if any(f.startswith(f"{id}.") for f in c.fields)]
    missing = [f for f in knowledge.fields.values() if f.name not in found.claims and f.name != "name"]
    return render_template("program.html", program=found, contradictions=touching, missing=missing)


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
    return render_template("about.html")
