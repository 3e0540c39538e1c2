"""The documentation has every command, option, name and field; its examples run; its links hold.

Only the test that builds the site needs the documentation tool; it is skipped where that is not
installed (`make docs` installs it).
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from browsing import ROOT
from typer.testing import CliRunner

import geo
from geo.cli.main import app
from geo.dossier import records
from geo.view import EVERYTHING
from geo.view.bounds import BOUNDS
from geo.wording.symbology import STROKES
from tools import docs, reference

PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob(".github/**/*.md")])
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}
COMMANDS = dict(reference.commands())
MODELS = (
    records.Dossier, records.Source, records.Group, records.RolePeriod, records.Incident,
    records.Presence, records.Where, records.Claim, records.Count, records.Statement,
    records.Assessment, records.GeneralClaim, records.Passage,
)  # fmt: skip
VOCABULARIES = (
    records.PlaceKind, records.CoordinateBasis, records.GroupRole, records.SpeakerRole,
    records.ClaimKind, records.PresenceKind, records.ColourName, records.EventType,
)  # fmt: skip


def blocks(page: str, kind: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def slug(heading: str) -> str:
    words = re.sub(r"[`*]", "", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def anchors(text: str) -> set[str]:
    return {slug(one) for one in re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)}


@pytest.mark.slow
@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_in_the_reference(path):
    sections = re.split(r"^## ", reference.command_line(), flags=re.MULTILINE)
    (section,) = (one for one in sections if one.splitlines()[0] == path)
    help_shown = (
        CliRunner().invoke(app, [*path.split()[1:], "--help"], env={"COLUMNS": "200"}).output
    )
    known = [name for one in reference.options(COMMANDS[path]) for name in reference.spelled(one)]
    assert [name for name in known if f"`{name}" not in section] == []
    own_help = help_shown.partition(" Commands ")[0]
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", own_help)) - {"--help"}
    assert shown <= set(re.findall(r"--[a-z][a-z-]+", section))


def test_every_command_of_the_program_is_listed():
    listed = re.findall(r"^## (incident-map.*)$", reference.command_line(), flags=re.MULTILINE)
    assert len(listed) == len(set(listed)) >= 13
    assert {"incident-map validate", "incident-map country new"} <= set(listed)


def test_every_public_name_and_what_functions_return_are_in_the_reference():
    page = reference.api()
    names = [name for name in geo.__all__ if name != "__version__"]
    assert [name for name in names if not re.search(rf":: geo\.{name}$", page, re.MULTILINE)] == []
    returned = {getattr(geo, name).__annotations__.get("return") for name in names} - {None, "str"}
    described = {*names, *(one.rpartition(".")[2] for one in reference.RESULTS)}
    assert {str(one).rpartition(".")[2] for one in returned} <= described


def test_every_field_of_a_view_is_an_address_parameter_that_is_described():
    page = TEXTS[ROOT / "docs/reference/address.md"]
    fields = {"at" if name == "viewport" else name for name in EVERYTHING.to_message()}
    named = {
        name
        for row in re.findall(r"^\| (`.*?`) \|", page, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    options = {"theme", "layout", "pick", "edit", "panel", "time", "wheel", "origin"}
    assert named == fields | {"groups"} | options


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_dossier_is_described(model):
    page = TEXTS[ROOT / "docs/reference/dossier.md"]
    assert [name for name in model.model_fields if f"`{name}`" not in page] == []


def test_every_code_of_a_dossier_is_described():
    page = TEXTS[ROOT / "docs/reference/dossier.md"]
    assert all(get_origin(one) is Literal for one in VOCABULARIES)
    codes = {code for one in VOCABULARIES for code in get_args(one)}
    assert {code for code in codes if f"`{code}`" not in page} == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_heading(page):
    text = re.sub(r"^```.*?^```$", "", TEXTS[page], flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^()\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        generated = file.is_relative_to(ROOT / "docs") and (
            file.relative_to(ROOT / "docs").as_posix() in {*docs.GENERATED, *docs.PROJECT.values()}
        )
        assert generated or file.exists(), f"{name_of(page)}: {target}"
        if anchor and file in TEXTS:
            assert anchor in anchors(TEXTS[file]), f"{name_of(page)}: {target}"


def commands_in(text: str) -> Iterator[list[str]]:
    for block in re.findall(r"^```sh\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith("incident-map "):
                yield shlex.split(line, comments=True)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_is_shown_exists_with_its_options(page):
    for words in commands_in(TEXTS[page]):
        path = max(
            (one for one in COMMANDS if [*words][: len(one.split())] == one.split()), key=len
        )
        assert path != "incident-map", words
        known = {
            name for one in reference.options(COMMANDS[path]) for name in reference.spelled(one)
        }
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= known, words


def test_the_dossier_of_the_tutorial_is_valid_and_so_is_each_step(tmp_path):
    first, within, sources, second = blocks("tutorials/first-dossier.md", "yaml")
    (tmp_path / "first.yaml").write_text(first, encoding="utf-8")
    steps = {
        "as it is": (first, 0, "claimed_only"),
        "a mistake": (first.replace("killed: 2", "killed: two"), 1, ""),
        "ambiguous": (first.replace("place: Bazarak", "place: Surobi"), 1, "claimed_only"),
        "decided": (re.sub(r"    where:\n.*\n", within, first), 0, "claimed_only"),
        "two voices": (re.sub(r"sources:\n(?:  .*\n)+", sources, first) + second, 0, "reported"),
    }
    for step, (text, errors, status) in steps.items():
        file = tmp_path / f"{step}.yaml"
        file.write_text(text, encoding="utf-8")
        workspace = geo.open_workspace(file=file)
        assert len(workspace.errors) == errors, (step, workspace.errors)
        assert [*workspace.located.table["status"]] == ([status] if status else []), step


@pytest.mark.slow
def test_the_table_of_the_tutorial_is_imported_as_it_says(tmp_path):
    table = blocks("tutorials/first-import.md", "text")[0]
    (tmp_path / "sightings.csv").write_text(table, encoding="utf-8")
    commands = [*commands_in(TEXTS[ROOT / "docs/tutorials/first-import.md"])]
    proposal, imported, mapped = (
        subprocess.run(
            [sys.executable, "-m", "geo", *words[1:]],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
        )
        for words in commands
    )  # fmt: skip
    assert proposal.returncode == 2
    assert shlex.join(commands[1]) in proposal.stderr
    assert (imported.returncode, mapped.returncode) == (1, 0), imported.stderr + mapped.stderr
    assert "5 of 6 rows" in imported.stderr
    lists = re.findall(r"`(events\.\w+\.csv)`", TEXTS[ROOT / "docs/tutorials/first-import.md"])
    assert {*lists} == {file.name for file in tmp_path.glob("events.*.csv")}


@pytest.mark.slow
@pytest.mark.parametrize("page", ["how-to/figures.md", "how-to/embedding.md"])
def test_the_python_of_a_guide_runs(page):
    space: dict[str, object] = {}
    for code in blocks(page, "python"):
        exec(compile(code, page, "exec"), space)  # noqa: S102 - the guide's own code
    assert "geo" in space


def test_a_link_or_a_file_of_another_host_is_noticed(tmp_path):
    (tmp_path / "a.html").write_text(
        '<h1 id="top"></h1><a href="b.html#gone">x</a><a href="c.html">'
    )
    (tmp_path / "b.html").write_text(
        '<a href="a.html#top"></a><script src="https://x.org/y.js"></script>'
    )
    (tmp_path / "s.css").write_text("@font-face { src: url('https://fonts.example/a.woff') }")
    assert sorted(docs.check(tmp_path)) == [
        "a.html: b.html#gone leads to no heading",
        "a.html: c.html leads to no file",
        "b.html: loads https://x.org/y.js",
        "s.css: loads https://fonts.example/a.woff",
    ]


@pytest.mark.slow
def test_the_site_builds_without_a_warning_and_every_link_in_it_holds():
    for module in ("furo", "myst_parser", "numpydoc", "sphinx"):
        pytest.importorskip(module, reason="the documentation tool is installed by `make docs`")
    done = subprocess.run(
        [sys.executable, "-m", "tools.docs"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=170,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    built = {page.relative_to(docs.OUT).as_posix() for page in docs.OUT.rglob("*.html")}
    assert {"index.html", "reference/api.html", "project/security.html"} <= built


FOREIGN = re.compile(
    r"\b(?:houses?|rooms?|desks?|papers?|wish(?:es)?|abroad|the dead|mend(?:ed|s)?|put away"
    r"|handed? in|handed on|stands? in|lies in|beside the map|anew|holes?|who says so|grades?"
    r"|(?<!there )(?:is|are) no (?!one|longer)|graded|contested|let in|longer ago|sound record"
    r"|as it stands)\b",
    flags=re.IGNORECASE,
)
"""Wordings that the vocabulary replaces; the changelog's history keeps older ones."""


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.stem not in {"CHANGELOG", "gallery"}], ids=name_of
)
def test_no_page_uses_a_wording_that_the_vocabulary_replaces(page):
    prose = re.sub(r"^```.*?^ *```$|`[^`]*`", "", TEXTS[page], flags=re.DOTALL | re.MULTILINE)
    assert FOREIGN.findall(prose) == []


def test_the_page_on_verification_lists_every_status_with_the_stroke_that_the_map_draws():
    page = TEXTS[ROOT / "docs/explanation/verification.md"]
    rows = dict(re.findall(r"^\| [a-z ]+ \| `(\w+)` \| (\w+) stroke", page, flags=re.MULTILINE))
    assert rows == STROKES


def test_the_bounds_of_a_view_are_described_as_they_are():
    page = TEXTS[ROOT / "docs/reference/address.md"]
    for words in (
        f"entries of one list | {BOUNDS.entries:,} |",
        f"characters of `text` | {BOUNDS.letters:,} |",
        f"minimum of `deaths` | {BOUNDS.fatalities:,} |",
        f"±{BOUNDS.lat}°, ±{BOUNDS.lon}° |",
        f"zoom of `at` | 0 to {BOUNDS.zoom} |",
    ):
        assert words in page


def test_every_message_of_the_map_is_described():
    page = TEXTS[ROOT / "docs/reference/messages.md"]
    script = (ROOT / "geo/webmap/js/core/messages.js").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([a-z-]+)` \| (?:map|page) \|", page, flags=re.MULTILINE))
    assert set(re.findall(r"type: '([a-z-]+)'", script)) <= described
    assert {name for name in described if not re.search(rf"\b{name}\b", script)} == set()
    (protocol,) = re.findall(r"^const PROTOCOL = (\d+);", script, flags=re.MULTILINE)
    assert f"`protocol` ({protocol})" in page
