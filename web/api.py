"""The REST calls of /api/v1, as the contract has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint, request, url_for

from knowledge import Claim, Program, Section

from advisor import Conversation, ProfileError

from web import edge, finding, held, openapi
from web.errors import Problem

api = Blueprint("api", __name__, url_prefix="/api/v1")

Json = dict[str, Any]
T = TypeVar("T")


@api.post("/conversations")
def start() -> tuple[Json, int, dict[str, str]]:
    """Starts a conversation."""
    id = held.store().create()
    return {"id": id}, 201, {"Location": url_for("api.transcript", id=id)}


@api.post("/conversations/<id>/turns")
def turn(id: str) -> Json:
    """One turn; the same Idempotency-Key again gives the first reply again."""
    text = edge.message(edge.body().get("text"), held.settings().longest)
    key = edge.key(request.headers.get("Idempotency-Key"))
    return held.say(id, text, key).reply


@api.get("/conversations/<id>")
def transcript(id: str) -> tuple[Json, int, dict[str, str]]:
    """The turns so far and the profile that they came to."""
    with held.store().conversation(id) as conversation:
        turns = [{"number": t.number, "text": t.text, "reply": t.reply} for t in conversation.turns]
        profile = conversation.state.profile.to_dict()
    return {"id": id, "turns": turns, "profile": profile}, 200, {"Cache-Control": "no-store"}


@api.delete("/conversations/<id>")
def forget(id: str) -> tuple[str, int]:
    """Forgets a conversation."""
    held.store().delete(id)
    return "", 204


@api.post("/ask")
def ask() -> Json:
    """One turn with no memory."""
    text = edge.message(edge.body().get("text"), held.settings().longest)
    return held.advisor().reply(Conversation(""), text).to_dict()


@api.post("/shortlists")
def shortlist() -> Json:
    """The programs that fit a profile, without a conversation."""
    try:
        return held.advisor().shortlist(edge.body())
    except ProfileError as error:
        raise Problem(422, "invalid_profile", f"{error.slot}: {error.message}") from error


@api.get("/programs")
def programs() -> Json:
    """Every program with all its claims: in rank order, then those without a rank by name."""
    text, ranked = edge.search(), edge.flag("ranked")
    said: Json = {"q": text or None, "ranked": None if ranked is None else str(ranked).lower()}
    return _page("api.programs", finding.find(held.knowledge(), text, ranked), _program, **said)


@api.get("/programs/<id>")
def program(id: str) -> Json:
    """One program with all its claims."""
    if not held.knowledge().has(id):
        raise Problem(404, "unknown_program", "There is no program of this id.")
    return _program(held.knowledge().program(id))


@api.get("/guide")
def guide() -> Json:
    """Every section of the guide."""
    return _page("api.guide", list(held.knowledge().sections.values()), _section)


@api.get("/guide/<id>")
def section(id: str) -> Json:
    """One section of the guide."""
    found = held.knowledge().sections.get(id)
    if found is None:
        raise Problem(404, "unknown_section", "There is no guide section of this id.")
    return _section(found)


@api.get("/openapi.json")
def description() -> Json:
    """This description of the API."""
    return openapi.describe(held.settings().longest)


def _program(program: Program) -> Json:
    fields = {name: [_claim(claim) for claim in claims] for name, claims in program.claims.items()}
    return {"id": program.id, "name": program.name, "fields": fields}


def _claim(claim: Claim) -> Json:
    part = held.knowledge().parts.get(claim.part)
    told = None if part is None else {"id": part.id, "title": part.title}
    return {**held.advisor().claim_dict(claim), "part": told}


def _section(section: Section) -> Json:
    source = {"document": section.source, "place": section.place}
    return {"id": section.id, "title": section.title, "text": section.text, "source": source}


def _page(endpoint: str, everything: Sequence[T], record: Callable[[T], Json], **said: Any) -> Json:
    limit, offset, following = edge.window(len(everything))
    return {
        "items": [record(one) for one in everything[offset : offset + limit]],
        "total": len(everything),
        "next": None if following is None else url_for(endpoint, limit=limit, offset=following, **said),
    }
