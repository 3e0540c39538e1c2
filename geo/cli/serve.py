"""The command ``serve``, which starts the app."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from geo.cli.options import BaseMapOption, DataOption, EventTableOption
from geo.cli.terminal import require_or_stop, stop
from geo.errors import GeoError
from geo.logs import DEBUG_VARIABLE
from geo.settings import (
    BASE_MAP_VARIABLE,
    EVENTS_VARIABLE,
    FOLDER_VARIABLE,
    READ_ONLY_VARIABLE,
)

_LOG: Final = logging.getLogger(__name__)
_PORT: Final = 8501
"""Streamlit's default port."""
_LAST_PORT: Final = 65_535
"""The highest TCP port (RFC 9293, 16 bits)."""


def serve(
    port: Annotated[
        int, typer.Option(min=1, max=_LAST_PORT, help="Port on this computer.")
    ] = _PORT,
    data: DataOption = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    event_table: EventTableOption = None,
    base_map: BaseMapOption = None,
    read_only: Annotated[
        bool,
        typer.Option("--read-only", envvar=READ_ONLY_VARIABLE, help="Offer no editing to anybody."),
    ] = False,
) -> None:
    """Start the app, reachable from this computer only."""
    require_or_stop("app", "the app")
    _check_port(port)
    # -P: the folder in which the command happens to be run lends the server no modules.
    command = [sys.executable, "-P", "-m", "geo.app.server", f"--port={port}", "--with-parent"]
    command += ["--browser"] if browser else []
    debug = "1" if _LOG.isEnabledFor(logging.DEBUG) else None
    named = {
        FOLDER_VARIABLE: data,
        EVENTS_VARIABLE: event_table and event_table.absolute(),
        BASE_MAP_VARIABLE: base_map and base_map.absolute(),
        READ_ONLY_VARIABLE: "1" if read_only else None,
        DEBUG_VARIABLE: debug,
    }
    environment = os.environ | {name: str(path) for name, path in named.items() if path}
    try:
        code = _run(command, environment, lambda: _check_shown(data, event_table, base_map))
    except KeyboardInterrupt:
        raise typer.Exit from None
    except GeoError as error:
        stop(error)
    raise typer.Exit(max(0, code))


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        # As servers do, so that a port that was just released counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            stop(GeoError(
                f"--port: {port} cannot be used ({error.strerror}); give another, such as "
                f"--port {port % _LAST_PORT + 1}"
            ))  # fmt: skip


def _check_shown(data: Path | None, events: Path | None, base_map: Path | None) -> None:
    """Refuse what cannot be shown; a table of a known format is imported once it is shown.

    The data that come with the program are not checked: that would take longer than the server
    takes to answer, and if somebody has broken them, the pages say so.
    """
    if data is None and events is None and base_map is None:
        return
    # Loaded while the server loads its own part.
    from geo.events.readers.file_uses import check_events, use_of  # noqa: PLC0415 - see above
    from geo.workspace import data_folder, read_country  # noqa: PLC0415 - see above

    country = read_country(data_folder(data))
    if base_map is not None:
        country.with_own_map(base_map)
    if events is not None and (not events.exists() or use_of(events) != "table"):
        check_events(events)


def _run(command: list[str], environment: dict[str, str], check: Callable[[], None]) -> int:
    """Run the server, which answers once its data are checked, and end it when this program ends.

    Raises
    ------
    GeoError
        The check's; the server has then ended without answering.
    """
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env=environment, stdin=subprocess.PIPE
    ) as server:
        before = signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            check()
            _release(server)
            return server.wait()
        except GeoError:
            server.kill()
            raise
        finally:
            signal.signal(signal.SIGTERM, before)


def _release(server: subprocess.Popen[bytes]) -> None:
    """Let the server answer; one that has ended already says why by itself."""
    pipe = server.stdin
    if pipe is None or server.poll() is not None:
        return
    try:
        pipe.write(b"\n")
        pipe.flush()
    except BrokenPipeError as error:
        _LOG.debug("the server has ended before it answered: %s", error)
