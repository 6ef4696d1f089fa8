"""What comes in, made fit to work with or refused, once, before anything else sees it."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from flask import request

from web.errors import Problem

LONGEST_KEY = 200
LONGEST_SEARCH = 200


def clean(text: str) -> str:
    """Text in composed Unicode form, without control characters and lone surrogates, trimmed.

    >>> clean("  two\\x00 words\\r\\n ")
    'two words'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def message(text: object, longest: int) -> str:
    """A message to the advisor, cleaned. Raises Problem: not text, empty, or longer than `longest`."""
    if not isinstance(text, str):
        raise Problem(422, "invalid_text", 'The message is missing: send {"text": "your question"}.')
    text = clean(text)
    if not text:
        raise Problem(422, "empty_text", "Write a message first: it is empty.")
    if len(text) > longest:
        raise Problem(
            413,
            "text_too_long",
            f"The message has {len(text):,} characters; at most {longest:,} can be read. Please shorten it.",
        )
    return text


def key(text: str | None) -> str | None:
    """An idempotency key, cleaned; None where there is none. Raises Problem when it is too long."""
    text = clean(text or "")
    if len(text) > LONGEST_KEY:
        raise Problem(422, "invalid_key", f"The idempotency key is longer than {LONGEST_KEY} characters.")
    return text or None


def body() -> dict[str, Any]:
    """The JSON object of the request. Raises Problem: another content type, not JSON, not an object."""
    if not request.is_json:
        raise Problem(415, "unsupported_media_type", "Send JSON, with Content-Type: application/json.")
    try:
        value = json.loads(request.get_data(), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:  # a UnicodeDecodeError is a ValueError
        raise Problem(400, "bad_json", "The body is not valid JSON.") from error
    if not isinstance(value, dict):
        raise Problem(422, "invalid_body", "The body must be a JSON object.")
    return value


def window(total: int, most: int = 100) -> tuple[int, int, int | None]:
    """The `limit` and `offset` of a list, and the offset of its next page. Raises Problem."""
    limit, offset = _number("limit", 50, 1, most), _number("offset", 0, 0, 1_000_000)
    following = offset + limit
    return limit, offset, following if following < total else None


def search() -> str:
    """The text of a search, `q`, cleaned; empty where there is none. Raises Problem when it is too long."""
    text = clean(request.args.get("q", ""))
    if len(text) > LONGEST_SEARCH:
        raise Problem(422, "invalid_q", f"q must have at most {LONGEST_SEARCH} characters.")
    return text


def flag(name: str) -> bool | None:
    """A yes or no of the query; None where it is not said. Raises Problem."""
    text = request.args.get(name)
    if text is None:
        return None
    if text not in ("true", "false"):
        raise Problem(422, f"invalid_{name}", f"{name} must be true or false.")
    return text == "true"


def _number(name: str, default: int, least: int, most: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
        return int(text)
    raise Problem(422, f"invalid_{name}", f"{name} must be a whole number from {least} to {most}.")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
