"""Today is the reader's day: Kabul is four and a half hours ahead of a server on UTC."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from dossiers import dossier_bytes, incident
from typer.testing import CliRunner

from geo.app import days
from geo.app.last_valid import LastValid
from geo.cli import options as cli_options
from geo.cli.main import app

LATE = datetime(2026, 2, 28, 21, 0, tzinfo=UTC)
"""Half past one in the morning of 1 March in Kabul, the afternoon of 28 February in New York."""


@pytest.mark.parametrize(
    ("zone", "offset", "day"),
    [
        ("Asia/Kabul", -270, date(2026, 3, 1)),
        ("America/New_York", 300, date(2026, 2, 28)),
        ("UTC", 0, date(2026, 2, 28)),
        (None, -270, date(2026, 3, 1)),
        ("no/zone", -270, date(2026, 3, 1)),
        ("../../etc/passwd", None, date(2026, 2, 28)),
        (None, None, date(2026, 2, 28)),
        ("", 10**9, date(2026, 2, 28)),
    ],
)
def test_the_app_takes_the_day_of_the_readers_zone(
    monkeypatch: pytest.MonkeyPatch, zone: str | None, offset: int | None, day: date
) -> None:
    context = SimpleNamespace(timezone=zone, timezone_offset=offset)
    monkeypatch.setattr(days.st, "context", context)
    assert days.reader_day(LATE) == day


@pytest.fixture
def kabul() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "<+0430>-4:30"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("kabul")
def test_the_command_line_takes_the_day_of_this_computer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Late(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is None, "the zone is that of the computer"
            return LATE.astimezone().replace(tzinfo=None)

    monkeypatch.setattr(cli_options, "datetime", Late)
    assert cli_options.local_day() == date(2026, 3, 1)
    file = tmp_path / "d.yaml"
    later = incident(id="two", when="2026-03-02")
    file.write_bytes(dossier_bytes(incident(when="2026-03-01"), later))
    said = CliRunner().invoke(app, ["validate", str(file)]).stderr
    assert "is in the future: 2026-03-02 begins after 2026-03-01" in said
    assert "1 valid record, 1 rejected" in said


def test_a_record_of_the_readers_day_does_not_lie_in_the_future(root: Path, tmp_path: Path) -> None:
    for file in (root / "data").iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "incidents.yaml").write_bytes(dossier_bytes(incident(when="2026-03-01")))
    for day, left_out in ((date(2026, 3, 1), 0), (date(2026, 2, 28), 1)):
        found = LastValid(lambda: tmp_path).at(LATE, day)
        assert found.workspace.reading.left_out == left_out


def test_no_other_module_asks_the_clock_which_day_it_is(root: Path) -> None:
    found = [
        str(file.relative_to(root))
        for file in (root / "geo").rglob("*.py")
        if ".now(UTC).date()" in file.read_text("utf-8") or "date.today(" in file.read_text("utf-8")
    ]
    assert found == []
