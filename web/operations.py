"""Whether the service runs (health) and whether it can answer (readiness)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from advisor import StoreError

from web import held

operations = Blueprint("operations", __name__)


@operations.get("/healthz")
def health() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


@operations.get("/readyz")
def ready() -> tuple[dict[str, Any], int]:
    """The knowledge is loaded and the database answers; 503 while it does not."""
    knowledge = held.knowledge()
    told = {
        "knowledge": knowledge.hash,
        "programs": len(knowledge.programs),
        "sections": len(knowledge.sections),
    }
    try:
        held.store().exists("ready?")
    except StoreError:
        return {"status": "database unavailable", **told}, 503
    return {"status": "ready", **told}, 200
