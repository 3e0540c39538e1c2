"""The scripts hold what they promise by themselves, and what they are checked with is pinned."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from twins import Ask
from views import VIEWS

from geo.view import BOUNDS, EVERYTHING, View
from tools import scripts


@pytest.mark.slow
def test_the_rules_of_the_scripts_hold_in_node(root: Path) -> None:
    found = scripts.find_node()
    if found is None:
        pytest.skip("no Node.js here; Chromium asks the same rules of the document")
    files = sorted(str(path) for path in (root / "tests/js").glob("*.test.js"))
    done = subprocess.run(
        [found[0], "--test", *files], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:]
    assert int(re.search(r"^\D*pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 40


def test_what_the_scripts_are_checked_with_is_pinned_and_names_no_registry(root: Path) -> None:
    wanted = json.loads((root / "package.json").read_text("utf-8"))
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))
    assert not wanted.get("dependencies")
    for name, version in wanted["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, package in lock["packages"].items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_only_one_module_knows_leaflet_and_what_it_keeps_to_itself(root: Path) -> None:
    scripts_of_map = root / "geo/webmap/js"
    one = scripts_of_map / "map/leaflet.js"
    known = re.compile(r"\bL\.|^import .*\bL\b|\w\._[a-z]|^\s*_\w+\(", re.MULTILINE)
    assert known.search(one.read_text("utf-8"))
    named = {
        str(path) for path in scripts_of_map.rglob("*.js") if known.search(path.read_text("utf-8"))
    }
    assert named == {str(one)}


@pytest.mark.parametrize(
    "code", ["map._stop();", "({ _stop() {} });", "L.map('a');", "x.L.map('a');"]
)
def test_the_rules_refuse_the_inside_of_leaflet(root: Path, code: str) -> None:
    found = scripts.find_node()
    eslint = root / "node_modules/eslint/bin/eslint.js"
    if found is None or not eslint.is_file():
        pytest.skip("the rules are checked where Node.js and ESLint are")
    command = [found[0], str(eslint), "--stdin", "--stdin-filename"]
    said = {
        name: subprocess.run(
            [*command, f"geo/webmap/js/map/{name}.js"],
            input=code, cwd=root, capture_output=True, text=True, check=False,
        ).stdout
        for name in ("leaflet", "land")
    }  # fmt: skip
    assert "map/leaflet.js" in said["land"]
    assert "no-restricted-syntax" not in said["leaflet"]


def test_a_machine_without_node_is_told_so_and_checks_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scripts.shutil, "which", lambda _: None)
    scripts.main()
    assert capsys.readouterr().out.startswith("No Node.js 20.19 or newer here:")


def test_an_old_node_is_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.4\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert scripts.find_node() is None


@pytest.mark.parametrize(("is_ci", "fails"), [("true", True), ("", False)])
def test_only_ci_fails_where_the_checks_cannot_be_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_ci: str, *, fails: bool
) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(scripts, "find_node", lambda: ("/bin/false", "/bin/false"))
    monkeypatch.setattr(scripts, "is_installed", lambda: False)
    monkeypatch.setenv("CI", is_ci)
    if fails:
        with pytest.raises(SystemExit, match="npm ci failed"):
            scripts.main()
    else:
        scripts.main()


@pytest.mark.browser
def test_the_document_reads_every_view_again_from_its_own_address_and_takes_over_every_message(
    ask: Ask,
) -> None:
    limits = asdict(BOUNDS)

    @settings(max_examples=100, deadline=None)
    @given(view=VIEWS)
    def agree(view: View) -> None:
        message = json.loads(json.dumps(view.to_message()))
        (checked,) = ask("checked", [message], limits)
        assert checked == {"view": message, "refused": {}}
        (read,) = ask("again", [{**message, "theme": None}], limits)
        assert EVERYTHING.to_message() | read == message

    agree()
