"""An app with a made-up advisor and a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from advisor import Settings, Store, open_store
from tests.web.stub import StubAdvisor

from web.app import create_app


@pytest.fixture
def stub() -> StubAdvisor:
    return StubAdvisor()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'conversations.sqlite'}")
    yield store
    store.close()


@pytest.fixture
def app(stub: StubAdvisor, store: Store) -> Flask:
    return create_app(Settings(longest=200), advisor=stub, store=store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
