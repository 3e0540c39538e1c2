"""Somebody outside who tries to fill the server or to learn something from it."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import pytest
from recording import record, times
from test_request_checks import every_message
from test_sign_in import Team, provided_team
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

HERE = "tests/test_attack.py::"
MEGABYTE = 1_000_000
TOLD = {403, 404, 413, 429}
"""What a stranger is told: no access, not here, too large, too often."""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    with provided_team(tmp_path_factory) as found:
        yield found


def held(team: Team) -> int:
    """Bytes in memory of the server and all that it started."""
    assert team.server.process is not None
    parent = psutil.Process(team.server.process.pid)
    return sum(one.memory_info().rss for one in (parent, *parent.children(recursive=True)))


def told_by_upload(url: str, size: int) -> int:
    with httpx.Client(base_url=url, verify=False, timeout=60) as client:  # noqa: S501 - its own certificate
        try:
            answer = client.put("/_stcore/upload_file/a/b", content=b"x" * size)
        except httpx.WriteError:
            # The server has answered and closed before all was sent.
            return httpx.codes.REQUEST_ENTITY_TOO_LARGE
    return answer.status_code


def sent(url: str, message: bytes, cookie: str = "") -> bool:
    """Whether the server took a message: it ends the handshake before there can be one."""
    # Python's TLS can crash where two threads share a connection, so each call has one thread: not
    # that of the test, in which Playwright may have a loop of its own.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(_sent(url, message, cookie))).result()


async def _sent(url: str, message: bytes, cookie: str) -> bool:
    context = ssl._create_unverified_context() if url.startswith("https") else None  # noqa: S323, SLF001 - its own certificate
    headers = {"Cookie": f"_streamlit_user={cookie}"} if cookie else {}
    try:
        async with connect(
            f"{url.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"], origin=url,
            ssl=context, additional_headers=headers, open_timeout=60,
        ) as link:  # fmt: skip
            await link.send(message)
            return True
    except (WebSocketException, OSError):
        return False


@pytest.mark.slow
@pytest.mark.parametrize("way", ["proxy", "app"])
def test_a_stranger_fills_nothing_learns_nothing_and_harms_no_member(team: Team, way: str) -> None:
    url = team.proxy.url if way == "proxy" else team.server.url
    with team.signed_in("ann") as ann:
        before_page = ann.get("/").text
        before = held(team)
        with ThreadPoolExecutor(8) as pool:
            uploads = list(
                pool.map(lambda _: told_by_upload(url, 9 * MEGABYTE), range(times(6, 40)))
            )
            large = [pool.submit(sent, url, b"x" * 24 * MEGABYTE)
                     for _ in range(times(4, 26))]  # fmt: skip
            small = [pool.submit(sent, url, one.SerializeToString(), forged)
                     for one in every_message().values() for forged in ("", "forged")]  # fmt: skip
            sessions = [pool.submit(sent, url, b"") for _ in range(times(40, 300))]
            taken = [one.result() for one in (*large, *small, *sessions)]
        after = held(team)
        assert set(uploads) <= TOLD
        assert not any(taken)
        assert after - before < 100 * MEGABYTE
        if way == "proxy":
            # The member shares this computer's address, and so the limit of the proxy.
            time.sleep(2)
        # What was refused is taken from the member, so it was refused for a reason.
        heartbeat = every_message()["app_heartbeat"].SerializeToString()
        assert sent(url, heartbeat, ann.cookies["_streamlit_user"])
        answer = ann.get("/")
        assert (answer.status_code, answer.text) == (httpx.codes.OK, before_page)
    if way == "proxy":
        record(
            HERE + "test_a_stranger_fills_nothing_learns_nothing_and_harms_no_member",
            tried=len(uploads) + len(taken), lost=0,
            said=f"{len(uploads)} uploads, {len(large)} large messages, {len(sessions)} sessions "
            f"and {len(small)} other messages; "
            f"{max(0, after - before) / MEGABYTE:.0f} MB more memory in the server",
        )  # fmt: skip
