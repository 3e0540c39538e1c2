"""The public interface is what `geo` says it is: named, documented, shown by example, and light."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
import subprocess
import sys
from importlib.metadata import version

import pytest
from browsing import ROOT

import geo

NAMES = [name for name in geo.__all__ if name != "__version__"]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_public_names_are_exactly_those_that_the_package_documents():
    named = re.findall(r"^:(?:func|class):`(\w+)`", geo.__doc__, flags=re.MULTILINE)
    assert sorted(named) == sorted(NAMES)
    assert sorted(geo.__all__) == geo.__all__
    assert 10 <= len(NAMES) <= 15


def test_every_public_name_is_loaded_from_where_the_types_come_from():
    tree = ast.parse((ROOT / "geo/__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == geo.MODULES
    assert set(NAMES) == set(typed)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_exported_once_and_listed(name):
    assert getattr(geo, name) is getattr(geo, name)
    assert name in dir(geo)


def test_a_name_that_is_not_public_is_no_attribute():
    with pytest.raises(AttributeError, match="'geo' has no attribute 'papers'"):
        geo.papers  # noqa: B018 - reading it is the test


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_documented_with_parameters_and_an_example_that_runs(name):
    value = getattr(geo, name)
    text = inspect.getdoc(value)
    assert text.splitlines()[0].endswith(".")
    if value is not geo.GeoError:
        headings = re.findall(r"^\w+(?:, \w+)*$", text, flags=re.MULTILINE)
        described = {name for heading in headings for name in heading.split(", ")}
        assert inspect.signature(value).parameters.keys() - described == set()
    assert not inspect.isfunction(value) or "Returns\n-------" in text
    (test, *_) = doctest.DocTestFinder(recurse=False).find(value, name)
    assert len(test.examples) > 1
    assert doctest.DocTestRunner(optionflags=FLAGS).run(test).failed == 0


@pytest.mark.parametrize("heavy", ["folium", "matplotlib", "streamlit", "geopandas", "pydantic"])
def test_importing_the_package_loads_no_other(heavy):
    done = run("-c", f"import geo, sys; geo.__version__; sys.exit({heavy!r} in sys.modules)")
    assert done.returncode == 0, done.stderr


def test_reading_a_dossier_draws_nothing():
    drawing = {"folium", "matplotlib", "streamlit"}
    code = f"import geo, sys; geo.open_workspace(); print({drawing} & set(sys.modules))"
    assert run("-c", code).stdout.strip() == "set()"


def test_the_package_runs_as_a_command():
    done = run("-m", "geo", "--version")
    assert (done.returncode, done.stdout.strip()) == (0, geo.__version__)
    assert version("incident-map") == geo.__version__


def test_events_are_drawn_beside_the_records_and_named_by_the_country_s_registry():
    workspace = geo.open_workspace()
    table = b"When,Who,Y,X\n2022-05-01,Taliban,34.53,69.17\n"
    mapping = "date=When,groups=Who,lat=Y,lon=X,precision==near"
    events = geo.import_events(table, workspace, mapping=mapping).events
    assert events["groups"].to_pylist() == [["taliban"]]
    assert len(geo.document(workspace, events=events)) > len(geo.document(workspace))


@pytest.mark.slow
def test_a_figure_is_made_again_from_the_text_of_its_recipe():
    workspace = geo.open_workspace()
    first = geo.make_figure(workspace, geo.Recipe(size="web"))
    again = geo.make_figure(workspace, geo.Recipe.from_json(first.recipe.to_json()))
    assert first.svg() == again.svg()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("use", "absent", "extra"),
    [
        ("geo.document(geo.open_workspace())", "folium", "map"),
        ("geo.IncidentLayers", "folium", "map"),
        ("geo.make_figure(geo.open_workspace())", "matplotlib", "briefing"),
    ],
)
def test_a_name_whose_extra_is_not_installed_says_what_to_install(use, absent, extra):
    code = f"import sys; sys.modules[{absent!r}] = None; import geo\n"
    code += f"try: {use}\nexcept geo.GeoError as error: print(error)"
    assert f"pip install 'incident-map[{extra}]'" in run("-c", code).stdout


@pytest.mark.slow
def test_a_plain_install_reads_locates_selects_and_imports():
    absent = "folium", "matplotlib", "streamlit", "docx", "pptx"
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({absent})); import geo\n"
        "w = geo.open_workspace(); geo.locate('Kabul', w.country); geo.Recipe()\n"
        "print(geo.apply(geo.View(), w).ledger.total > 0)\n"
        "geo.import_events(b'When,Y,X\\n2024-01-01,34.5,69.1', w, mapping='date=When,lat=Y,lon=X')"
    )
    done = run("-c", code)
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr
