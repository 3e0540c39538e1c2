"""Check each request before Streamlit sees it, HTTP and WebSocket alike.

A request is answered only if it is addressed to a name of the app, if no page of another origin
makes it, and if it asks for something that the app uses. Where the secrets require a sign-in, a
browser without one gets a page with a link to it and nothing else: no session, no message, no
upload, and none of Streamlit's own files.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, Literal
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.app import streamlit_internals as internals
from geo.app.access import Access, may_enter
from geo.app.gate import current_access
from geo.app.sign_in_page import notice
from geo.errors import MissingExtraError
from geo.extras import require

SIGN_IN: Final = "/sign-in"
"""Where the link of the sign-in page leads: from there to the provider."""
MAP_PAGE: Final = "map"
"""The name of the page of the map, which as the first page has none in its address."""
_LOG: Final = logging.getLogger(__name__)
_READING: Final = frozenset({"GET", "HEAD"})
_REFUSED: Final = 1008
"""The WebSocket's code for a violation of policy (RFC 6455, 7.4.1)."""


class RequestChecks:
    """ASGI middleware in front of Streamlit.

    Parameters
    ----------
    app
        What answers the requests that pass.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or one WebSocket for as long as it is open."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        access = current_access()
        answer = _refusal(scope) or _for_strangers(scope, access) or _to_map(scope)
        if answer is None:
            await self.app(scope, _wanted_only(scope, receive), _safe_cookies(send, access))
        elif scope["type"] == "websocket":
            # Before the connection is accepted: the browser gets a 403 and can send nothing.
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            await answer(scope, receive, _safe_cookies(send, access))


def is_own_name(host: str, names: Sequence[str]) -> bool:
    """Tell whether a Host header names the app; its port does not matter.

    Parameters
    ----------
    host
        The header, such as ``map.example.org:8501``.
    names
        The setting ``server.allowedHosts``: names, ``*.example.org`` for all below one, ``*`` or
        nothing for any.

    Examples
    --------
    >>> is_own_name("LOCALHOST:8501", ["localhost"]), is_own_name("[::1]:8501", ["::1"])
    (True, True)
    >>> is_own_name("localhost@evil.example", ["localhost"]), is_own_name("", ["localhost"])
    (False, False)
    """
    try:
        parts = urlsplit(f"//{host}")
        name, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if not name or parts.netloc != host or "@" in host:
        return False
    return not names or any(
        one in {"*", name} or (one.startswith("*.") and name.endswith(one[1:]))
        for one in (known.strip().lower().rstrip(".") for known in names)
    )


def is_own_page(headers: Headers) -> bool:
    """Tell whether the app's own page makes the request, or nobody's.

    A browser names the page in ``Origin``, or at least how near it is in ``Sec-Fetch-Site`` (Fetch
    Metadata, W3C, 2025). Another page may lead to the app by a link and do nothing else. A program
    that is not a browser sends neither.

    Examples
    --------
    >>> own = {"host": "localhost:8501", "origin": "http://localhost:8501"}
    >>> is_own_page(Headers(own)), is_own_page(Headers(own | {"origin": "http://localhost:3000"}))
    (True, False)
    """
    origin = headers.get("origin")
    if origin is not None:
        allowed = {one.strip() for one in st.get_option("server.corsAllowedOrigins")}
        scheme, _, place = origin.lower().partition("://")
        same = scheme in {"http", "https"} and place == headers.get("host", "").lower()
        return same or origin in allowed
    is_link = headers.get("sec-fetch-mode") == "navigate" and (
        headers.get("sec-fetch-dest") == "document"
    )
    return is_link or headers.get("sec-fetch-site", "none") in {"same-origin", "none"}


def is_used(path: str, method: str, kind: Literal["http", "websocket"] = "http") -> bool:
    """Tell whether the app uses this path of Streamlit's.

    Examples
    --------
    >>> is_used("/records", "GET"), is_used("/_stcore/upload_file/a/b", "PUT")
    (True, False)
    >>> is_used("/_stcore/metrics", "GET"), is_used("/_stcore/stream", "", "websocket")
    (False, True)
    """
    if kind == "websocket":
        return path == internals.STREAM
    if method not in _READING:
        return False
    return not path.startswith(internals.CORE) or path.startswith(internals.CORE_USED)


def _refusal(scope: Scope) -> Response | None:
    headers = Headers(scope=scope)
    if not is_own_name(headers.get("host", ""), st.get_option("server.allowedHosts")):
        status, why = HTTPStatus.MISDIRECTED_REQUEST, "This is not a name of the app."
    elif not is_own_page(headers):
        status, why = HTTPStatus.FORBIDDEN, "Another page may not ask the app for anything."
    elif not is_used(_path(scope), scope.get("method", ""), scope["type"]):
        status, why = HTTPStatus.NOT_FOUND, "The app has nothing here."
    else:
        return None
    _LOG.info("request refused (%s): %s", scope["type"], why)
    return PlainTextResponse(why, status)


def _for_strangers(scope: Scope, access: Access) -> Response | None:
    """Return what a browser gets instead of the app; ``None`` if it may use it."""
    path = _path(scope)
    if access.kind == "closed":
        return None if path == internals.HEALTH else notice(access.why)
    if access.kind == "open" or path in {internals.HEALTH, *internals.SIGN_IN_PATHS}:
        return None
    who = internals.signed_in(HTTPConnection(scope).cookies, access.origin)
    if not who:
        return _way_in(path)
    if may_enter(who, access.allow):
        return None
    name = who.get("email") or "This account"
    return notice(f"{name} does not have access.", _base() + internals.LOGOUT, "Sign out")


def _way_in(path: str) -> Response:
    try:
        require("team", "signing in")
    except MissingExtraError as error:
        return notice(f"Nobody can sign in yet: {error}")
    if path == SIGN_IN:
        return RedirectResponse(internals.way_to_provider(), HTTPStatus.FOUND)
    return notice("Sign in to view this map.", _base() + SIGN_IN, "Sign in")


def _to_map(scope: Scope) -> Response | None:
    """Lead from the address that the map's name suggests to its own; Streamlit knows only that."""
    if scope["type"] != "http" or _path(scope) != f"/{MAP_PAGE}":
        return None
    query = scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{_base()}/{'?' if query else ''}{query}")


def _wanted_only(scope: Scope, receive: Receive) -> Receive:
    """Leave out messages that the pages of this app never send."""
    if scope["type"] == "http":
        return receive

    async def wanted() -> Message:
        while True:
            message = await receive()
            data = message.get("bytes")
            if message["type"] != "websocket.receive" or data is None or internals.is_wanted(data):
                return message
            _LOG.info("ignored a message that the pages never send")

    return wanted


def _safe_cookies(send: Send, access: Access) -> Send:
    """Have the browser send cookies over TLS only, where the app's public address uses it."""
    if not access.origin.startswith("https:"):
        return send

    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            cookies = headers.getlist("set-cookie")
            del headers["set-cookie"]
            for one in cookies:
                is_safe = "secure" in {part.strip().lower() for part in one.split(";")[1:]}
                headers.append("set-cookie", one if is_safe else f"{one}; Secure")
        await send(message)

    return secured


def _base() -> str:
    """Return the path below which the app is served, without a slash at its end."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(_base()) or "/"
