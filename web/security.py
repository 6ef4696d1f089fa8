"""The headers on every response, and the refusal of what other sites send in a student's name."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from web.errors import Problem

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send "Origin: null" with our own forms, which `refuse` reads.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register(app: Flask) -> None:
    """Puts the headers on every response, and the check before every request."""
    app.before_request(refuse_other_sites)
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """The response with the security headers; not cached where nothing else was said."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache" if request.method in ("GET", "HEAD") else "no-store"
    return response


def refuse_other_sites() -> None:
    """Refuses a request that changes something and that a browser says another site made.

    Browsers send Sec-Fetch-Site, older ones at least Origin; a program sends neither and carries no
    cookie either, so there is nothing to abuse.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:
        ours = origin is None or urlsplit(origin).netloc == request.host
    if not ours:
        raise Problem(403, "cross_site", "This was sent from another site, and is refused.")
