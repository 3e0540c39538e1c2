"""The import contracts hold, and each of them bites."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

SECONDS = 60


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(root / "geo", tmp_path / "geo")
    return tmp_path


def test_every_package_keeps_to_the_contracts(root):
    done = lint_imports(root)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("errors", "import geo.dossier.records", "A package imports only from the layers below it"),
        ("dossier/records", "import folium", "Only webmap.document imports folium"),
        ("dossier/records", "import branca.element", "Only webmap.document imports folium"),
        ("dossier/records", "import streamlit", "Only app imports Streamlit"),
        ("dossier/records", "import distributed", "Only events.out_of_core.cluster imports Dask"),
        ("dossier/records", "import ruamel.yaml", "Only the reader of data files"),
        ("dossier/records", "import pyogrio", "Nobody hands a file to GDAL"),
        ("dossier/records", "import pickle", "Nobody hands a file to GDAL"),
        ("dossier/records", "import PIL.Image", "Nobody hands a file to GDAL"),
        ("new_package", "import geo.errors", "A package imports only from the layers below it"),
        ("events/cells/dates", "import geo.events.readers.opening", "Within geo.events"),
        ("events/new_package", "import geo.errors", "Within geo.events"),
        ("snapshot/layout/theme", "import geo.snapshot.map.plan", "Within geo.snapshot"),
        ("places/spelling", "import geo.places.country", "Within geo.places"),
        ("dossier/records", "import matplotlib", "Only snapshot draws"),
        ("dossier/records", "import pptx", "Only briefing writes"),
        ("dossier/records", "import openpyxl", "Only events reads"),
    ],
)
def test_an_import_against_a_contract_is_noticed(copy, module, line, contract):
    file = copy / "geo" / f"{module}.py"
    before = file.read_text() if file.exists() else ""
    file.write_text(f"{before}\n{line}\n")
    done = lint_imports(copy)
    assert done.returncode == 1
    broken = [said for said in done.stdout.splitlines() if " BROKEN" in said]
    assert [contract in said for said in broken] == [True], done.stdout


def test_a_module_that_takes_a_public_name_from_the_package_itself_is_noticed(copy):
    file = copy / "geo/dossier/records.py"
    file.write_text(f"{file.read_text()}\nfrom geo import View\n")
    done = lint_imports(copy)
    assert done.returncode == 1
    assert re.search(r"A package imports only from the layers below it.* BROKEN", done.stdout)


PACKAGES = sorted(
    file.parent for file in (Path(__file__).parent.parent / "geo").glob("*/**/__init__.py")
)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda folder: "/".join(folder.parts[-2:]))
def test_every_package_lists_its_modules(package):
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    listed = re.findall(r"^``(\w+)``  +\S", text, flags=re.MULTILINE)
    modules = {file.stem for file in package.glob("*.py")} - {"__init__"}
    inner = {file.parent.name for file in package.glob("*/__init__.py")}
    assert sorted(listed) == sorted(modules | inner)


def nodes(root):
    """What the modules of the package define: their statements of the first level."""
    for file in sorted((root / "geo").rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            yield node, str(file.relative_to(root))


def definitions(root, kinds):
    """The modules that define each class or function."""
    modules = {}
    for node, file in nodes(root):
        if isinstance(node, kinds):
            modules.setdefault(node.name, []).append(file)
    return modules


@pytest.mark.slow
def test_no_class_name_is_given_to_two_things(root):
    by_name = {}
    for name, modules in definitions(root, ast.ClassDef).items():
        by_name.setdefault(name.removeprefix("_"), []).extend(modules)
    assert {name: modules for name, modules in by_name.items() if len(modules) > 1} == {}


@pytest.mark.slow
def test_no_name_of_a_type_is_that_of_a_class_or_of_another_type(root):
    types = {name: {"a class"} for name in definitions(root, ast.ClassDef)}
    for node, _ in nodes(root):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        name = node.targets[0].id
        if re.fullmatch(r"_?[A-Z]\w*[a-z]\w*", name):
            types.setdefault(name, set()).add(ast.unparse(node.value))
    assert {name: values for name, values in types.items() if len(values) > 1} == {}


@pytest.mark.slow
def test_no_public_function_name_is_given_to_two_things(root):
    functions = definitions(root, ast.FunctionDef | ast.AsyncFunctionDef)
    twice = {
        name: modules for name, modules in functions.items()
        if len(modules) > 1 and not name.startswith("_")
    }  # fmt: skip
    assert twice == {}


def test_each_page_of_the_app_has_a_module_of_its_name(root):
    pages = ast.parse((root / "geo/app/pages.py").read_text(encoding="utf-8"))
    named = {
        tuple(ast.literal_eval(argument) for argument in call.args)
        for call in ast.walk(pages)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_page"
    }
    assert len(named) == 10
    for module, name in named:
        assert module == f"geo.app.{name}"
        assert (root / f"geo/app/{name}.py").is_file()


def test_the_types_of_every_program_are_checked_strictly(root):
    mypy = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert mypy["strict"]
    assert {"geo", "benchmarks", "tools"} <= set(mypy["files"])


def test_the_page_on_architecture_has_every_package_in_its_layer(root):
    page = (root / "docs/explanation/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d*) *\| (`.+?`) \|", page, flags=re.MULTILINE)
    found: list[set[str]] = []
    for layer, packages in rows:
        if layer:
            found.append(set())
        found[-1] |= set(re.findall(r"`(\w+)`", packages))
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (
        one["layers"] for one in contracts["tool"]["importlinter"]["contracts"]
        if one["id"] == "layers"
    )  # fmt: skip
    assert found == [set(layer.split(" | ")) for layer in layers]
