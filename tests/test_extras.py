"""What a plain `pip install incident-map` can do, and what it says of the rest."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from geo.extras import MODULES

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
SLOW_TO_LOAD = ("folium", "matplotlib", "streamlit", "docx", "pptx", "openpyxl", "xlsxwriter")
RUN = """
import json, sys
absent, slow, arguments = json.loads(sys.argv[1])
sys.modules.update(dict.fromkeys(absent))
from geo.cli.main import main
sys.argv = ["incident-map", *arguments]
try:
    main()
finally:
    print(json.dumps([name for name in slow if name in sys.modules and name not in absent]))
"""


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


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command where only the packages of a plain install are there."""
    given = json.dumps([absent(), SLOW_TO_LOAD, list(map(str, arguments))])
    return subprocess.run(
        [sys.executable, "-c", RUN, given],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


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


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("validate",),
        ("locate", "Mazar-e Sharif", "--format", "json"),
        ("records", "--format", "json"),
        ("--help",),
    ],
    ids=lambda one: one[0],
)
def test_a_plain_install_reads_checks_and_locates_without_loading_what_it_does_not_need(arguments):
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_plain_install_imports_and_exports_events(tmp_path):
    table = tmp_path / "list.csv"
    table.write_text("id,date,country,place,lat,lon\n1,2024-05-01,Afghanistan,Kabul,34.53,69.17\n")
    events, sheet = tmp_path / "events.parquet", tmp_path / "events.xlsx"
    mapped = "date=date,place=place,lat=lat,lon=lon"
    done = run("import", table, "--out", events, "--map", mapped)
    assert done.returncode == 0, done.stderr
    done = run("export", events, "--to", "xlsx", "--out", sheet)
    assert done.returncode == 0, done.stderr
    done = run("import", sheet, "--out", tmp_path / "again.parquet")
    assert done.returncode in {0, 1}, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("map", "--out", "x.html"), "map"),
        (("snapshot", "--out", "x.png"), "briefing"),
        (("snapshots", "--each", "month", "--out", "x/"), "briefing"),
        (("serve", "--no-browser"), "app"),
        (("import", "list.csv", "--out", "x"), "dask"),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else one,
)
def test_a_command_that_needs_an_extra_says_which_in_one_sentence(arguments, extra, tmp_path):
    (tmp_path / "list.csv").write_text("id,date\n1,2024-05-01\n")
    places = {"x", "x/", "x.html", "x.png", "list.csv"}
    done = run(*(tmp_path / one if one in places else one for one in arguments))
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.endswith(f"run: pip install 'incident-map[{extra}]'\n")
    assert done.stderr.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["list.csv"]
