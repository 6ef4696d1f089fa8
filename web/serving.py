"""Serving the app from this process: a socket first, then the parts, then the server."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from waitress.server import create_server

from advisor import Advisor, Settings, open_store

from web.app import create_app

THREADS = 8
LARGEST = 2 * 1024 * 1024
"""Bytes that the server reads of one request before it refuses; the app's own limits are lower."""


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there. Raises ClickException when the address cannot be had."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, proto)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError as error:
        remedy = "choose another with --port" if port else "check --host"
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror or error}; {remedy}") from error
    with listening:
        yield listening


def serve(settings: Settings, advisor: Advisor, listening: socket.socket) -> None:
    """Serves until it is interrupted or told to end."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    store = open_store(settings.database)
    server = create_server(
        create_app(settings, advisor=advisor, store=store),
        sockets=[listening],
        threads=THREADS,
        max_request_body_size=LARGEST,
        clear_untrusted_proxy_headers=True,
        ident=None,
    )
    signal.signal(signal.SIGTERM, _end)
    # The encoder takes seconds to load: meanwhile the page is there, and the first question waits less.
    threading.Thread(target=_warm, args=(advisor,), daemon=True).start()
    click.echo(f"Ready: {address(settings.host, listening.getsockname()[1])}")
    click.echo("Press Ctrl-C to stop.", err=True)
    try:
        server.run()
    finally:
        store.close()
    click.echo("Stopped.", err=True)


def address(host: str, port: int) -> str:
    """Where a browser finds it.

    >>> address("::1", 8000)
    'http://[::1]:8000'
    """
    if host in ("", "0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _warm(advisor: Advisor) -> None:
    try:
        advisor.warm()
    except Exception:
        logging.getLogger(__name__).exception("the encoder could not be loaded ahead")


def _end(_signal: int, _frame: Any) -> None:
    raise SystemExit(0)
