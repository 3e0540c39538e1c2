"""What a plain `pip install incident-map` can do, and what it says of the rest."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from geo.extras import MODULES

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
SLOW_TO_LOAD = ("folium", "matplotlib", "streamlit", "docx", "pptx", "openpyxl", "xlsxwriter")
RUN = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
absent, slow, commands = json.loads(sys.argv[1])
sys.modules.update(dict.fromkeys(absent))
from geo.cli.main import main
done = []
for arguments in commands:
    sys.argv = ["incident-map", *arguments]
    out, err, code = io.StringIO(), io.StringIO(), None
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    loaded = [name for name in slow if name in sys.modules and name not in absent]
    done.append((code or 0, out.getvalue(), err.getvalue(), loaded))
print(json.dumps(done))
"""


class Done(NamedTuple):
    """What came of a command, and which packages that are slow to load the process has by then."""

    code: int
    out: str
    err: str
    loaded: list[str]


def direct(requirements: list[str]) -> list[Requirement]:
    """The requirements of an extra, those of the extras of ours within it included."""
    found = []
    for wanted in map(Requirement, requirements):
        if canonicalize_name(wanted.name) == PROJECT["name"]:
            found += [one for extra in wanted.extras for one in direct(EXTRAS[extra])]
        else:
            found.append(wanted)
    return found


@cache
def modules_of_packages() -> dict[str, set[str]]:
    """The packages that bring a module, by its name."""
    found = importlib.metadata.packages_distributions()
    return {name: set(map(canonicalize_name, packages)) for name, packages in found.items()}


@cache
def base() -> frozenset[str]:
    """The packages that a plain install brings, as installed here."""
    found: set[str] = set()
    todo = [Requirement(one) for one in PROJECT["dependencies"]]
    while todo:
        name = canonicalize_name(todo.pop().name)
        if name not in found:
            found.add(name)
            asked = map(Requirement, importlib.metadata.requires(name) or [])
            todo += [one for one in asked if not one.marker or one.marker.evaluate({"extra": ""})]
    return frozenset(found)


@cache
def absent() -> tuple[str, ...]:
    """Every module here that a plain install would not bring, but for this library."""
    return tuple(
        name
        for name, packages in modules_of_packages().items()
        if not packages & base() and packages != {PROJECT["name"]} and name != "geo"
    )


def run(*commands: tuple[object, ...]) -> list[Done]:
    """Run commands one after the other where only the packages of a plain install are there."""
    asked = [list(map(str, command)) for command in commands]
    ended = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps([absent(), SLOW_TO_LOAD, asked])],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return [Done(*one) for one in json.loads(ended.stdout)]


def test_a_plain_install_has_none_of_the_packages_of_an_extra():
    wanted = {canonicalize_name(one.name) for extra in EXTRAS for one in direct(EXTRAS[extra])}
    assert not wanted & base()
    assert {"folium", "matplotlib", "streamlit", "pptx", "docx", "distributed"} <= set(absent())


@pytest.mark.parametrize("extra", sorted(set(EXTRAS) - {"all"}))
def test_the_modules_looked_for_are_those_that_the_extra_installs(extra):
    wanted = {canonicalize_name(one.name) for one in direct(EXTRAS[extra])}
    known = modules_of_packages()
    # Sign-in is Streamlit's; that package may be missing here.
    found = {package for name in MODULES[extra] for package in known.get(name, {name}) & wanted}
    assert found == wanted


@pytest.mark.parametrize("extra", sorted(set(EXTRAS) - {"all"}))
def test_the_extra_all_holds_every_other(extra):
    assert set(map(str, direct(EXTRAS[extra]))) <= set(map(str, direct(EXTRAS["all"])))


PLAIN = {
    "validate": ("validate",),
    "locate": ("locate", "Mazar-e Sharif", "--format", "json"),
    "records": ("records", "--format", "json"),
    "read": ("read", "tests/reports/articles/visit_2024.txt", "--format", "json"),
    "--help": ("--help",),
}


@pytest.fixture(scope="module")
def plain() -> dict[str, Done]:
    """Return what came of each of these commands, all in one process."""
    return dict(zip(PLAIN, run(*PLAIN.values()), strict=True))


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("command", PLAIN)
def test_a_plain_install_reads_checks_and_locates_without_loading_what_it_does_not_need(
    plain, command
):
    done = plain[command]
    assert done.code == 0, done.err
    assert done.out + done.err
    assert done.loaded == []


@pytest.mark.slow
def test_a_plain_install_imports_and_exports_events(tmp_path):
    table = tmp_path / "list.csv"
    table.write_text("id,date,country,place,lat,lon\n1,2024-05-01,Afghanistan,Kabul,34.53,69.17\n")
    events, sheet = tmp_path / "events.parquet", tmp_path / "events.xlsx"
    mapped = "date=date,place=place,lat=lat,lon=lon"
    imported, exported, again = run(
        ("import", table, "--out", events, "--map", mapped),
        ("export", events, "--to", "xlsx", "--out", sheet),
        ("import", sheet, "--out", tmp_path / "again.parquet"),
    )
    assert imported.code == 0, imported.err
    assert exported.code == 0, exported.err
    assert again.code in {0, 1}, again.err


NEEDS = {
    "map": (("map", "--out", "x.html"), "map"),
    "snapshot": (("snapshot", "--out", "x.png"), "briefing"),
    "snapshots": (("snapshots", "--each", "month", "--out", "x/"), "briefing"),
    "series": (("series", "--out", "x.pdf"), "briefing"),
    "serve": (("serve", "--no-browser"), "app"),
    "import": (("import", "list.csv", "--out", "x"), "dask"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory) -> dict[str, tuple[Done, Path]]:
    """Return what came of each, and the folder that it was to write to; all in one process."""
    folders = {name: tmp_path_factory.mktemp(name) for name in NEEDS}
    for folder in folders.values():
        (folder / "list.csv").write_text("id,date\n1,2024-05-01\n")
    places = {"x", "x/", "x.html", "x.png", "list.csv"}
    commands = [
        tuple(folders[name] / one if one in places else one for one in arguments)
        for name, (arguments, _) in NEEDS.items()
    ]
    return dict(zip(NEEDS, zip(run(*commands), folders.values(), strict=True), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("command", NEEDS)
def test_a_command_that_needs_an_extra_says_which_in_one_sentence(refused, command):
    done, folder = refused[command]
    assert done.code == 2, done.err
    assert "Traceback" not in done.err
    assert done.err.endswith(f"run: pip install 'incident-map[{NEEDS[command][1]}]'\n")
    assert done.err.count("\n") == 1
    assert [file.name for file in folder.iterdir()] == ["list.csv"]
