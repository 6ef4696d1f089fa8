"""The conversation page: plain forms first, and the same turns as fragments for the page's script."""

from __future__ import annotations

import hashlib
import secrets

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from advisor import Turn

from web import edge, held
from web.errors import Problem, answer, wants_fragment

pages = Blueprint("pages", __name__)

BODY = 1024 * 1024
"""Bytes that a form may have: enough to hand a far too long message back to whoever wrote it."""


@pages.get("/")
def welcome() -> Response:
    """The page before the first message. A conversation begins only with that."""
    return _page(None, [])


@pages.post("/turns")
def begin() -> Response:
    """The first message: a conversation is made for it."""
    return _say(None)


@pages.get("/c/<id>")
def conversation(id: str) -> Response:
    """A conversation, as it stands."""
    return _page(id, _turns(id))


@pages.post("/c/<id>/turns")
def turn(id: str) -> Response:
    """One more message."""
    return _say(id)


@pages.post("/c/<id>/delete")
def forget(id: str) -> Response:
    """Forgets the conversation and begins anew."""
    held.store().delete(id)
    return make_response(redirect(url_for("pages.welcome"), 303))


def _say(id: str | None) -> Response:
    request.max_content_length = request.max_form_memory_size = BODY
    written = request.form.get("text", "")
    try:
        text = edge.message(written, held.settings().longest)
        key = _key(edge.key(request.form.get("key")), text)
    except Problem as problem:
        if wants_fragment():
            return answer(problem.status, problem.code, problem.message)
        turns = [] if id is None else _turns(id)
        return _page(id, turns, problem.message, edge.clean(written), problem.status)
    id = id or held.store().create()
    turn = held.say(id, text, key)
    if not wants_fragment():
        return make_response(redirect(url_for("pages.conversation", id=id, _anchor=f"turn-{turn.number}"), 303))
    response = make_response(render_template("turn.html", turn=turn, id=id, last=True, key=""))
    response.headers["Content-Location"] = url_for("pages.conversation", id=id)
    response.headers["Cache-Control"] = "no-store"
    return response


def _key(key: str | None, text: str) -> str | None:
    # With the text in it: someone who goes back to an old page and asks something else is answered.
    return None if key is None else hashlib.sha256(f"{key} {text}".encode()).hexdigest()


def _turns(id: str) -> list[Turn]:
    with held.store().conversation(id) as conversation:
        return list(conversation.turns)


def _page(id: str | None, turns: list[Turn], problem: str = "", written: str = "", status: int = 200) -> Response:
    page = render_template(
        "chat.html", id=id, turns=turns, problem=problem, written=written, key=secrets.token_urlsafe(16)
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex" if id else "all"
    return response
