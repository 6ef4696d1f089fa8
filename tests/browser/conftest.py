"""Chromium for the tests of the page, and the real app to drive."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright
from waitress.server import create_server

from advisor import Settings, load_advisor, open_store

from web.app import create_app

INSTALL = "get one with `apt-get install chromium` or `playwright install chromium`, or name it in ADVISOR_CHROMIUM"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> str:
    """The path of a Chromium; without one the tests are skipped, but fail where CI is set."""
    own = playwright.chromium.executable_path
    for path in (os.environ.get("ADVISOR_CHROMIUM", ""), "/usr/bin/chromium", own):
        if path and Path(path).is_file():
            return path
    if os.environ.get("CI"):
        pytest.fail(f"no Chromium: {INSTALL}")
    pytest.skip(f"no Chromium: {INSTALL}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags}


@pytest.fixture(scope="session")
def base_url(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app as `advisor serve` runs it, on the pack that ships."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    database = tmp_path_factory.mktemp("browser") / "conversations.sqlite"
    settings = Settings(database=f"sqlite:///{database}")
    store = open_store(settings.database)
    app = create_app(settings, advisor=load_advisor(settings), store=store)
    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, sockets=[listening], threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.close()
    store.close()
