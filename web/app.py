"""The Flask app: builds advisor and store once, and puts the ways in together."""

from __future__ import annotations

from flask import Flask

from advisor import Advisor, Settings, Store, load_advisor, open_store

from web import errors, security, show
from web.api import api
from web.catalogue import catalogue
from web.operations import operations
from web.pages import pages

BODY = 64 * 1024
"""Bytes that a request may have; the longest message takes a quarter of it at four bytes a character."""


def create_app(
    settings: Settings | None = None, *, advisor: Advisor | None = None, store: Store | None = None
) -> Flask:
    """The app, ready to serve. What is not handed in is built from the settings, and may raise
    KnowledgeError or StoreError."""
    settings = settings or Settings()
    app = Flask("web", static_folder="static", template_folder="templates")
    app.config.update(MAX_CONTENT_LENGTH=BODY, MAX_FORM_MEMORY_SIZE=BODY, MAX_FORM_PARTS=20)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["settings"] = settings
    app.extensions["advisor"] = advisor or load_advisor(settings)
    app.extensions["store"] = store or open_store(settings.database)
    errors.register(app)
    security.register(app)
    show.register(app)
    for part in (pages, catalogue, api, operations):
        app.register_blueprint(part)
    return app
