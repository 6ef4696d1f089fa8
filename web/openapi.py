"""The description of the API, in OpenAPI 3.1. Written by hand; tested against the routes."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
WHOLE: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
ANY: Json = {}
ACTS = (
    *("inform", "compare", "recommend", "explain", "advise", "request"),
    *("clarify", "confirm", "unknown", "out_of_scope", "smalltalk", "restart"),
)

SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}


def describe(longest: int) -> Json:
    """The whole description. `longest`: characters that a message may have."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The advisor",
            "version": "1",
            "description": "Advice on master's programs. Every figure comes with its source.",
        },
        "servers": [{"url": "/"}],
        "paths": _paths(longest),
        "components": {"schemas": _schemas()},
    }


def _paths(longest: int) -> Json:
    message = _object({"text": {"type": "string", "minLength": 1, "maxLength": longest}}, "text")
    id, window = [_in("path", "id", TEXT)], [_limit(), _offset()]
    key = _in("header", "Idempotency-Key", {"type": "string", "maxLength": 200}, False)
    key["description"] = "The same key again gives the first reply again, without another turn."
    return {
        "/api/v1/conversations": {
            "post": _call("start", "Begin a conversation", _object({"id": TEXT}, "id"), status="201", errors="503"),
        },
        "/api/v1/conversations/{id}": {
            "get": _call("transcript", "Turns and profile", _ref("Conversation"), id, errors="404 409 503"),
            "delete": _call("forget", "Forgets a conversation", None, id, status="204", errors="404 503"),
        },
        "/api/v1/conversations/{id}/turns": {
            "post": _call("turn", "One turn", _ref("Reply"), [*id, key], message, errors="400 404 409 413 415 422 503"),
        },
        "/api/v1/ask": {
            "post": _call("ask", "One turn with no memory", _ref("Reply"), [], message, errors="400 413 415 422"),
        },
        "/api/v1/shortlists": {
            "post": _call(
                "shortlist",
                "The programs that fit a profile",
                _ref("Shortlist"),
                [],
                _ref("Profile"),
                errors="400 413 415 422",
            ),
        },
        "/api/v1/programs": {
            "get": _call(
                "programs", "Programs, ranked ones first", _list("Program"), [*window, *_search()], errors="422"
            ),
        },
        "/api/v1/programs/{id}": {
            "get": _call("program", "One program with all its claims", _ref("Program"), id, errors="404"),
        },
        "/api/v1/guide": {
            "get": _call("guide", "Every section of the guide", _list("Section"), window, errors="422"),
        },
        "/api/v1/guide/{id}": {
            "get": _call("section", "One section of the guide", _ref("Section"), id, errors="404"),
        },
        "/api/v1/openapi.json": {"get": _call("description", "This description", {"type": "object"})},
        "/healthz": {"get": _call("health", "Whether the process runs", {"type": "object"})},
        "/readyz": {"get": _call("ready", "Whether it can answer", {"type": "object"}, errors="503")},
    }


def _schemas() -> Json:
    source = _object({"document": TEXT, "place": TEXT})
    part = _or_null(_object({"id": TEXT, "title": TEXT}, "id", "title"))
    part["description"] = "The field of study that the value is of; null where it is of the program as a whole."
    return {
        "Error": _object({"error": _object({"code": TEXT, "message": TEXT}, "code", "message")}, "error"),
        "Claim": _object(
            {
                "value": {"description": "As the field is typed; null where the source withholds it."},
                "display": TEXT,
                "basis": TEXT,
                "as_of": TEXT,
                "status": {"enum": ["given", "withheld"]},
                "note": TEXT,
                "source": source,
                "part": part,
            },
            "value",
            "display",
            "basis",
            "as_of",
            "status",
            "source",
            "part",
        ),
        "Program": _object(
            {"id": TEXT, "name": TEXT, "fields": {"type": "object", "additionalProperties": _array("Claim")}},
            "id",
            "name",
            "fields",
        ),
        "Section": _object(
            {"id": TEXT, "title": TEXT, "text": TEXT, "source": source}, "id", "title", "text", "source"
        ),
        "Profile": _profile(),
        "Fact": _object(
            {
                "program": _or_null(TEXT),
                "field": TEXT,
                "value": ANY,
                "display": TEXT,
                "basis": TEXT,
                "as_of": TEXT,
                "source": source,
                "derived_from": _array("Fact"),
            },
            "program",
            "field",
            "value",
            "display",
            "basis",
            "as_of",
            "source",
        ),
        "Offer": _object({"program": TEXT, "fit": SHARE, "reasons": _array("Reason")}, "program", "fit", "reasons"),
        "Reason": _object(
            {
                "criterion": TEXT,
                "met": _or_null({"type": "boolean"}),
                "weight": SHARE,
                "contribution": SHARE,
                "text": TEXT,
            },
            "criterion",
            "met",
            "weight",
            "contribution",
            "text",
        ),
        "NearMiss": _object({"program": TEXT, "because": TEXT, "change": {"type": "object"}}, "program", "because"),
        "Shortlist": _object(
            {
                "profile": _ref("Profile"),
                "shortlist": _or_null(_array("Offer")),
                "near_misses": _or_null(_array("NearMiss")),
            },
            "profile",
            "shortlist",
            "near_misses",
        ),
        "Reply": _reply(),
        "Conversation": _object(
            {
                "id": TEXT,
                "profile": _ref("Profile"),
                "turns": {
                    "type": "array",
                    "items": _object(
                        {"number": WHOLE, "text": TEXT, "reply": _ref("Reply")}, "number", "text", "reply"
                    ),
                },
            },
            "id",
            "turns",
            "profile",
        ),
    }


def _reply() -> Json:
    unknown = _object(
        {"program": _or_null(TEXT), "about": TEXT, "status": {"enum": ["absent", "withheld", "not_covered"]}}
    )
    part = _object(
        {
            "act": {"enum": list(ACTS)},
            "text": TEXT,
            "facts": {"type": "array", "items": WHOLE},
            "sections": TEXTS,
        }
    )
    wider = _object({"count": WHOLE, "programs": TEXTS}, "count", "programs")
    wider["description"] = "Programs beyond the ranking that fit where none of the ranked does; the first five by id."
    fields: Json = {
        "conversation": TEXT,
        "turn": WHOLE,
        "act": {"enum": list(ACTS)},
        "text": TEXT,
        "programs": TEXTS,
        "facts": _array("Fact"),
        "sections": TEXTS,
        "unknown": {"type": "array", "items": unknown},
        "parts": {"type": "array", "items": part},
        "profile": _ref("Profile"),
        "shortlist": _or_null(_array("Offer")),
        "wider": _or_null(wider),
        "near_misses": _or_null(_array("NearMiss")),
        "question": _or_null(_object({"slot": TEXT, "text": TEXT, "choices": TEXTS})),
        "suggestions": TEXTS,
        "knowledge": TEXT,
    }
    return _object(fields, *fields)


def _profile() -> Json:
    least, most = {"min": NUMBER}, {"max": NUMBER}
    flag: Json = {"type": "boolean"}
    slots: Json = {
        "tuition": _object({**least, **most}),
        "total_cost": _object(most),
        "residency": TEXT,
        "states": TEXTS,
        "exclude_states": TEXTS,
        "cities": TEXTS,
        "near": _object({"place": TEXT, "miles": NUMBER}),
        "control": {"enum": ["public", "private"]},
        "goal": {"enum": ["research", "industry"]},
        "online": flag,
        "part_time": flag,
        "thesis": flag,
        "duration_months": _object(most),
        "interests": TEXTS,
        "gpa": NUMBER,
        "graduation_rate": _object(least),
        "rank": _object(most),
        "companies": TEXTS,
        "exclude_programs": TEXTS,
        "priorities": TEXTS,
    }
    profile = _object({name: _or_null(slot) for name, slot in slots.items()})
    profile["description"] = "What the student wishes; an absent or null slot means that nothing was said."
    return profile


# ---- the words of OpenAPI --------------------------------------------------------------------


def _call(
    id: str,
    summary: str,
    result: Json | None,
    parameters: list[Json] | None = None,
    body: Json | None = None,
    *,
    status: str = "200",
    errors: str = "",
) -> Json:
    call: Json = {"operationId": id, "summary": summary, "responses": {status: {"description": summary}}}
    if result is not None:
        call["responses"][status]["content"] = _json(result)
    for error in errors.split():
        call["responses"][error] = {"description": "Refused", "content": _json(_ref("Error"))}
    if parameters:
        call["parameters"] = parameters
    if body:
        call["requestBody"] = {"required": True, "content": _json(body)}
    return call


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _object(properties: Json, *required: str) -> Json:
    schema: Json = {"type": "object", "properties": properties}
    return {**schema, "required": list(required)} if required else schema


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _array(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _list(name: str) -> Json:
    items = {
        "items": _array(name),
        "total": WHOLE,
        "next": _or_null({"type": "string", "format": "uri-reference"}),
    }
    return _object(items, "items", "total", "next")


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _in(where: str, name: str, schema: Json, required: bool = True) -> Json:
    return {"in": where, "name": name, "required": required, "schema": schema}


def _search() -> list[Json]:
    name = _in("query", "q", {"type": "string", "maxLength": 200}, False)
    name["description"] = "Only programs of which each of these words begins a word of a name, the city or the state."
    ranked = _in("query", "ranked", {"type": "boolean"}, False)
    ranked["description"] = "Only programs that are (true) or are not (false) in the ranking."
    return [name, ranked]


def _limit() -> Json:
    return _in("query", "limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, False)


def _offset() -> Json:
    return _in("query", "offset", {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0}, False)
