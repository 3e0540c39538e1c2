"""Serve the app: Streamlit as an ASGI application, behind the checks of each request.

``incident-map serve`` starts this module as a program of its own. Streamlit's own server is not
used: it answers any page of this computer, and asks a host outside for its own address when a
foreign page calls (streamlit/streamlit#7721).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit.starlette import App

from geo.app import pages
from geo.app.gate import REQUESTS_CHECKED
from geo.app.request_checks import RequestChecks
from geo.app.streamlit_internals import (
    heed_environment,
    keep_callbacks_whole,
    register_own_components_only,
)

_EXIT_USE: Final = 2
"""The port cannot be used."""
_TO_END: Final = 5
"""Seconds that open connections may take when the server ends."""
_HEADERS: Final = 32_768
"""Bytes of a request before its body; cookies of the sign-in have up to 16,384."""


def make_app(started: Callable[[], None]) -> App:
    """Return the app as ASGI, which answers as soon as `started` has returned.

    Every way to serve it goes through here, so no request reaches Streamlit unchecked.
    """

    @asynccontextmanager
    async def lifespan(_: App) -> AsyncIterator[dict[str, Any]]:
        pages.load_for_map()
        await asyncio.to_thread(started)
        yield {}

    app = App(_front(), middleware=[Middleware(RequestChecks)], lifespan=lifespan)
    # The settings beside the pages are known from here on, and the environment goes before them.
    heed_environment()
    register_own_components_only()
    keep_callbacks_whole()
    REQUESTS_CHECKED.set()
    return app


def serve_app(port: int, *, browser: bool, with_parent: bool) -> int:
    """Serve the app until it is told to end, and return the exit code.

    Parameters
    ----------
    port
        On the address of the setting ``server.address``.
    browser
        Whether a browser window is opened.
    with_parent
        Whether the program that started the server holds the other end of its standard input. A
        byte from there lets the server answer; it ends as soon as its standard input does: that
        program has then refused or died, however that happened.
    """

    def started() -> None:
        if with_parent:
            is_released = os.read(sys.stdin.fileno(), 1) != b""
            threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
            if not is_released:
                return
        _tell(url, browser=browser)

    app = make_app(started)
    address = str(st.get_option("server.address") or "127.0.0.1")
    url = f"http://{f'[{address}]' if ':' in address else address}:{port}"
    try:
        listener = listen_at(address, port)
    except OSError as error:
        sys.stderr.write(f"--port: {port} cannot be used ({error.strerror})\n")
        return _EXIT_USE
    server = uvicorn.Server(_settings(app))
    with listener:
        server.run(sockets=[listener])
    return 0


def run_server() -> None:
    """Read the command's arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m geo.app.server")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--with-parent", action="store_true")
    given = parser.parse_args()
    sys.exit(serve_app(given.port, browser=given.browser, with_parent=given.with_parent))


def _front() -> Path:
    """Return the script of the pages: beside the package in a checkout, within it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    places = (package.parent / "streamlit_app.py", package / "streamlit_app.py")
    return next(one for one in places if one.exists())


def listen_at(address: str, port: int) -> socket.socket:
    """Return a socket that listens, as ``socket.create_server`` makes one but for its protocol.

    Only with the protocol named does asyncio turn off Nagle's algorithm (RFC 896). With it, an
    answer waits until the browser acknowledges its head, often 40 ms, and the app has 60 scripts.

    Raises
    ------
    OSError
        If the port is in use, or is not for everyone.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # So that a port that was just released is free; on Windows it would share one in use.
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _settings(app: App) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=_HEADERS,
        ssl_certfile=st.get_option("server.sslCertFile"),
        ssl_keyfile=st.get_option("server.sslKeyFile"),
        timeout_graceful_shutdown=_TO_END,
        ws="websockets-sansio",
        ws_max_size=int(st.get_option("server.maxWidgetStateSize")) * 1_000_000,
        ws_per_message_deflate=False,
    )


def _tell(url: str, *, browser: bool) -> None:
    """Say the address: the port is bound, and whoever asks is answered."""
    sys.stdout.write(f"The app is at {url}; Ctrl+C ends it.\n")
    sys.stdout.flush()
    if browser:
        threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()


def _end_with_parent(server: uvicorn.Server) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True


if __name__ == "__main__":
    run_server()
