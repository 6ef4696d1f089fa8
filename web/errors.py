"""One answer per error, as page, as JSON, or as plain words for the page's script. Never a trace."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from advisor import NotFound, StoreError, Unreadable

log = logging.getLogger(__name__)

FRAGMENT = "text/x-turn+html"
"""Asked for (Accept) by the page's script: the new turn alone, not the whole page."""

RETRY_AFTER = 2
"""Seconds after which a busy database is worth another try; a writer holds it for milliseconds."""

WORDS = {
    400: ("bad_request", "The request could not be understood."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("body_too_large", "That is too much to read at once. Please shorten it."),
    415: ("unsupported_media_type", "Send JSON, with Content-Type: application/json."),
}
"""Code and message of the errors that the web server itself finds, by status."""


class Problem(Exception):
    """Something is wrong with a request: status, a code for programs and a message for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def register(app: Flask) -> None:
    """Has the app answer every error in the form that the caller reads."""
    app.register_error_handler(Problem, lambda e: answer(e.status, e.code, e.message))
    app.register_error_handler(StoreError, _store)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def answer(status: int, code: str, message: str) -> Response:
    """The error as whoever asked can read it."""
    response: Response
    if _is_program():
        response = jsonify(error={"code": code, "message": message})
    elif wants_fragment():
        response = make_response(message)
        response.mimetype = "text/plain"
    else:
        response = make_response(render_template("error.html", status=status, message=message))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_fragment() -> bool:
    """Whether the page's script asks, for the new turn alone."""
    return FRAGMENT in request.headers.get("Accept", "")


def _store(error: StoreError) -> Response:
    if isinstance(error, NotFound):
        return answer(404, "unknown_conversation", "There is no such conversation, or no longer.")
    if isinstance(error, Unreadable):
        return answer(409, "unreadable", "This conversation was kept by another version. Please start a new one.")
    log.warning("store: %s", error)
    response = answer(503, "busy", "Conversations cannot be kept just now. Please try again in a moment.")
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    code, message = WORDS.get(status, ("error", error.name))
    response = answer(status, code, message)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _unforeseen(error: Exception) -> Response:
    log.error("unforeseen error at %s", request.url_rule, exc_info=error)
    return answer(500, "internal", "Something went wrong here. It has been noted; please try again.")


def _is_program() -> bool:
    return request.path.startswith("/api/") or request.path in ("/healthz", "/readyz")
