"""`incident-map serve`: it speaks once it can answer, and leaves no server behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from browsing import Server, free_port
from dossiers import copy_of_data


@pytest.mark.slow
def test_the_address_is_said_once_it_answers(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-P", "-c", "from geo.cli.main import main; main()", "serve",
               "--no-browser", "--port", str(port)]  # fmt: skip
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            assert said == f"The app is at http://127.0.0.1:{port}; Ctrl+C ends it.\n"
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            link.request("GET", "/_stcore/health")
            assert link.getresponse().status == http.HTTPStatus.OK
            link.close()
        finally:
            process.terminate()


def test_a_port_that_another_took_meanwhile_is_said_and_no_address_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "geo.app.server", f"--port={port}"],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"--port: {port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_command_that_is_killed_leaves_no_server(tmp_path: Path) -> None:
    server = Server(tmp_path / "log.txt")
    server.start()
    assert server.process is not None
    children = psutil.Process(server.process.pid).children(recursive=True)
    try:
        assert children
        os.kill(server.process.pid, signal.SIGKILL)
        assert psutil.wait_procs(children, timeout=60)[1] == []
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", urlsplit(server.url).port), timeout=10)
    finally:
        server.stop()


@pytest.mark.slow
def test_what_cannot_be_shown_is_refused_before_an_address_is_said(
    tmp_path: Path, data_folder: Path
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "data")
    (folder / "provinces.geojson").write_text("{}")
    port = free_port()
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from geo.cli.main import main; main()", "serve",
         "--no-browser", f"--port={port}", f"--data={folder}"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "provinces: expected a GeoJSON FeatureCollection, found None\n"
    assert "Traceback" not in done.stderr
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=10)
