"""The example of docs/how-to/serving/ in front of an app: a real nginx with TLS."""

from __future__ import annotations

import http.client
import os
import re
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from browsing import ROOT, free_port

from tools import programs

EXAMPLE = ROOT / "docs/how-to/serving/nginx.conf"
AROUND = """
pid {0}/nginx.pid; error_log {0}/error.log; daemon off; worker_processes 1; {user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {0}/body; proxy_temp_path {0}/proxy; fastcgi_temp_path {0}/fastcgi;
    uwsgi_temp_path {0}/uwsgi; scgi_temp_path {0}/scgi;
    include {0}/map.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """The example, on ports of this computer."""

    plain: int
    secure: int

    @property
    def url(self) -> str:
        return f"https://localhost:{self.secure}"

    def get(self, path: str = "/", host: str = "localhost", **more: Any) -> Answer:
        context = ssl._create_unverified_context()  # noqa: S323, SLF001 - its certificate is our own
        link = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=20, context=context)
        return asked(link, path, host, **more)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes = b""


def asked(
    link: http.client.HTTPConnection, path: str, host: str, method: str = "GET", body: bytes = b""
) -> Answer:
    try:
        link.request(method, path, body or None, headers={"Host": host})
        answer = link.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        link.close()


def adapted(text: str, folder: Path, app: str, plain: int, secure: int) -> str:
    """The example with this computer in the place of what is the reader's own to fill in."""
    for said, here in {
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "map.example.org;": "localhost;",
        "/etc/ssl/map.example.org": str(folder),
        "http://127.0.0.1:8501": app,
    }.items():
        assert said in text, said
        text = text.replace(said, here)
    assert "example.org" not in re.sub(r"#.*", "", text)
    return text


@contextmanager
def proxied(folder: Path, app: str, plain: int = 0, secure: int = 0) -> Iterator[Proxy]:
    """The app at this address behind nginx; the ports may be chosen beforehand."""
    certify = [programs.needed("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
               "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
               "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]  # fmt: skip
    subprocess.run(certify, check=True, capture_output=True, timeout=60)
    found = Proxy(plain or free_port(), secure or free_port())
    text = adapted(EXAMPLE.read_text(encoding="utf-8"), folder, app, found.plain, found.secure)
    (folder / "map.conf").write_text(text, encoding="utf-8")
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder, user=user), encoding="utf-8")
    nginx = [programs.needed("nginx"), "-e", folder / "error.log", "-c", folder / "nginx.conf"]
    process = subprocess.Popen(nginx, stderr=subprocess.DEVNULL)
    try:
        _wait(found, process, folder)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(proxy: Proxy, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        try:
            proxy.get("/_stcore/health")
        except OSError:
            time.sleep(0.1)
        else:
            return
    log = folder / "error.log"
    pytest.fail(f"nginx does not answer: {log.read_text() if log.exists() else process.poll()}")
