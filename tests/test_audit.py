"""`make audit` says that nothing is known only after asking about every version."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from browsing import ROOT

from tools import audit

WANTED = {("numpy", "2.0"), ("streamlit", "1.67.0")}
SOUND = [{"name": name, "version": version, "vulns": []} for name, version in sorted(WANTED)]
HOLE = {"id": "PYSEC-1", "fix_versions": ["2.1"]}


@pytest.mark.parametrize(
    ("dependencies", "code", "said"),
    [
        (SOUND, 0, "2 of 2 versions looked up, 0 not, 0 known vulnerabilities"),
        ([], audit.UNREAD, "0 of 2 versions looked up, 2 not"),
        (SOUND[:1], audit.UNREAD, "streamlit 1.67.0: not looked up"),
        ([SOUND[0], {"name": "streamlit", "skip_reason": "not found"}], audit.UNREAD, "1 not"),
        ([{**SOUND[0], "version": "2.1"}, SOUND[1]], audit.UNREAD, "numpy 2.0: not looked up"),
        ([{**SOUND[0], "vulns": [HOLE]}, SOUND[1]], 1, "numpy 2.0: PYSEC-1, mended in 2.1"),
        ([{**SOUND[0], "vulns": [HOLE]}], 1, "1 of 2 versions looked up, 1 not, 1 known"),
    ],
)  # fmt: skip
def test_an_audit_passes_only_if_every_version_was_looked_up(
    dependencies: list[dict[str, Any]], code: int, said: str
) -> None:
    found = audit.judged({"dependencies": dependencies}, WANTED)
    assert found[0] == code
    assert said in found[1]


@pytest.mark.parametrize("answer", ["", "Traceback", json.dumps({"dependencies": []})])
def test_an_audit_that_could_ask_nobody_fails(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(audit, "has_program", lambda: True)
    done = subprocess.CompletedProcess([], 0, stdout=answer, stderr="")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: done)
    assert audit.audit()[0] == audit.UNREAD


def test_without_the_program_the_advisories_are_said_to_be_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audit, "has_program", lambda: False)
    code, said = audit.audit()
    assert code == audit.UNREAD
    assert "unread" in said


def test_every_version_of_the_lock_is_wanted() -> None:
    lock = Path(ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = dict(audit.pinned(lock))
    assert len(found) > 80
    assert found["streamlit"].startswith("1.")
