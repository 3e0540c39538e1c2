"""Saves that are interrupted, or made by several processes at once, and what is left of them.

Run as a program; the tests start it so, because a test runner with threads must not be forked.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dossiers import GROUPS, SOURCE, incident
from failing_calls import process_ends

from geo.dossier.copies import CopyMerge
from geo.dossier.editing import Edit, applied
from geo.dossier.history import History
from geo.dossier.history_lines import content_of
from geo.dossier.intake import read_dossier
from geo.dossier.saving import read_history, save_edit, save_merge
from geo.dossier.yaml_rendering import member
from geo.dossier.yaml_rewriting import same
from geo.errors import ConflictError

RECORDS = 4
SECTION = "incidents"


def new_dossier(folder: Path) -> Path:
    """A small dossier as it would be written by hand."""
    records = [incident(id=f"rec-{at}", note="-") for at in range(RECORDS)]
    whole = {"title": "T", "sources": {"report": SOURCE}, "groups": GROUPS, SECTION: records}
    file = folder / "incidents.yaml"
    lines = [line for name, value in whole.items() for line in member(name, value, 0)]
    file.write_text("# A dossier\n" + "\n".join(lines) + "\n", "utf-8")
    return file


def checked(file: Path) -> History:
    """File and log agree in every way, and no line lost what another one had written."""
    data = file.read_bytes()
    assert [one for one in read_dossier(data).problems if one.severity == "error"] == []
    history = read_history(file)
    assert history.faults == ()
    if history.lines:
        assert history.is_of(data), "the log ends with another version of the file"
        assert same(history.content(), content_of(data))
    values: dict[tuple[str, str], Any] = {}
    for one in history.field_edits():
        assert one.by, "an edit has lost its author"
        here = (one.key, one.field)
        assert same(values.get(here, one.old), one.old), "an edit was overwritten in silence"
        values[here] = one.new
    return history


def numbers_in(history: History, by: str = "") -> list[int]:
    """The numbers that the edits gave as their reasons, in the order of the log."""
    edits = [line.edit for _, line in history.lines if line.edit is not None]
    return [int(one.why) for one in edits if not by or one.by == by]


def save_number(file: Path, number: int, field: str = "title", by: str = "A. Analyst") -> None:
    """Save an edit with a number of its own."""
    key = f"rec-{number % RECORDS}"
    fields = {field: f"Title {number}"}
    made = Edit.to(file.read_bytes(), SECTION, key, fields, by=by, why=str(number))
    save_edit(file, made)


def killed(folder: Path, times: int) -> dict[str, int]:
    """Kill a process that saves again and again, at random moments."""
    file = new_dossier(folder)
    begun = time.perf_counter()
    save_number(file, 1)
    usual, last, interrupted = time.perf_counter() - begun, 1, 0
    moments = random.Random(7)  # noqa: S311 - moments, no secrets
    for _ in range(times):
        after = moments.uniform(0.1, 8) * usual
        acknowledged = _until_killed(lambda tell, at=last: _burst(file, at, tell), after)
        interrupted += any(folder.glob(".*.saving"))
        found = numbers_in(checked(file))
        assert found == list(range(1, len(found) + 1))
        assert len(found) - max([last, *acknowledged]) in {0, 1}
        last = len(found)
    save_number(file, last + 1)
    checked(file)
    return {"tried": times, "saved": last, "interrupted": interrupted}


def _burst(file: Path, last: int, tell: Callable[[int], None]) -> None:
    while True:
        last += 1
        save_number(file, last)
        tell(last)


def _until_killed(work: Callable[[Callable[[int], None]], None], after: float) -> list[int]:
    """Let a child work, kill it, and return the numbers that it has acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        work(lambda number: os.write(writing, b"%d\n" % number) and None)
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, "the child failed before it was killed"
    with os.fdopen(reading, "rb") as told:
        return [int(one) for one in told.read().split()]


def at_each_call(folder: Path, _times: int) -> dict[str, int]:
    """End the process at its first call to the system, at the second, until it gets through."""
    file, number, last, kept = new_dossier(folder), 0, 0, 0
    while True:
        number += 1
        child = os.fork()
        if child == 0:
            with process_ends(number):
                save_number(file, last + 1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        found = numbers_in(checked(file))
        assert found == list(range(1, len(found) + 1))
        assert len(found) - last in {0, 1}
        kept += len(found) > last
        last = len(found)
        if os.waitstatus_to_exitcode(status) == 0:
            return {"tried": number - 1, "kept": kept - 1}


def together(folder: Path, seconds: int) -> dict[str, int]:
    """Two processes save into the same entries, each its own field, and at times the same one."""
    file = new_dossier(folder)
    pipes, children = [], []
    for by, field in (("A", "title"), ("B", "note")):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            for number in _saving(file, by, field, time.monotonic() + seconds):
                os.write(writing, b"%d\n" % number)
            os._exit(0)
        os.close(writing)
        pipes.append((by, reading))
        children.append(child)
    told = {}
    for by, reading in pipes:
        with os.fdopen(reading, "rb") as opened:
            told[by] = [int(one) for one in opened.read().split()]
    assert {os.waitpid(child, 0)[1] for child in children} == {0}
    history = checked(file)
    saved = {by: [one for one in numbers if one > 0] for by, numbers in told.items()}
    for by, numbers in saved.items():
        assert numbers_in(history, by) == numbers, "an acknowledged save is not in the log"
    clashes = sum(one < 0 for numbers in told.values() for one in numbers)
    return {"saved": sum(map(len, saved.values())), "clashes": clashes}


def _saving(file: Path, by: str, field: str, until: float) -> Iterator[int]:
    """Save until a moment; the number of each save, negative if it met a clash."""
    number = 0
    while time.monotonic() < until:
        number += 1
        key, here = f"rec-{number % 2}", "title" if number % 5 == 0 else field
        data = file.read_bytes()
        made = Edit.to(data, SECTION, key, {here: f"{by} {number}"}, by=by, why=str(number))
        try:
            save_edit(file, made)
        except ConflictError:
            yield -number
        else:
            yield number


def merge_number(file: Path, number: int) -> None:
    """Merge another copy, in which somebody has saved an edit with a number of its own."""
    ours, key = file.read_bytes(), f"rec-{number % RECORDS}"
    made = Edit.to(ours, SECTION, key, {"note": f"Note {number}"}, by="B", why=str(number))
    theirs = applied(ours, made)
    save_merge(file, CopyMerge(ours, theirs, theirs, (made,)), by="A. Analyst", why="merged")


def merged_numbers(file: Path) -> list[int]:
    """The numbers of the edits that merges have taken in; file and log agree."""
    history = read_history(file)
    assert history.faults == ()
    assert history.is_of(file.read_bytes()), "the log ends with another version of the file"
    assert same(history.content(), content_of(file.read_bytes()))
    return [int(one.why) for _, line in history.lines for one in line.taken]


def merges_at_each_call(folder: Path, _times: int) -> dict[str, int]:
    """End a process that merges at its first call to the system, at the second, and so on."""
    file, number, last, kept = new_dossier(folder), 0, 0, 0
    save_number(file, 1)
    while True:
        number += 1
        child = os.fork()
        if child == 0:
            with process_ends(number):
                merge_number(file, last + 1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        found = merged_numbers(file)
        assert found == list(range(1, len(found) + 1))
        assert len(found) - last in {0, 1}
        kept += len(found) > last
        last = len(found)
        if os.waitstatus_to_exitcode(status) == 0:
            return {"tried": number - 1, "kept": kept - 1}


def merges_killed(folder: Path, times: int) -> dict[str, int]:
    """Kill a process that merges again and again, at random moments."""
    file, interrupted, last = new_dossier(folder), 0, 0
    save_number(file, 1)
    moments = random.Random(7)  # noqa: S311 - moments, no secrets

    def work(tell: Callable[[int], None], at: int) -> None:
        while True:
            at += 1
            merge_number(file, at)
            tell(at)

    for _ in range(times):
        after = moments.uniform(0.02, 0.4)
        acknowledged = _until_killed(lambda tell, at=last: work(tell, at), after)
        interrupted += any(folder.glob(".*.saving"))
        found = merged_numbers(file)
        assert found == list(range(1, len(found) + 1))
        assert len(found) - max([last, *acknowledged]) in {0, 1}
        last = len(found)
    return {"tried": times, "saved": last, "interrupted": interrupted}


WAYS = {"merges killed": merges_killed, "merges at each call": merges_at_each_call,
        "killed": killed, "at each call": at_each_call, "together": together}  # fmt: skip


def main() -> None:
    """``savers.py WAY TIMES FOLDER``: one JSON object with what came of it."""
    way, times, folder = sys.argv[1:]
    sys.stdout.write(json.dumps(WAYS[way](Path(folder), int(times))))


if __name__ == "__main__":
    main()
