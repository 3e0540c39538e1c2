"""What a release needs is there and agrees: version, citation, templates, hooks."""

from __future__ import annotations

import re
import shutil
import tomllib
from typing import Any

import pytest
from browsing import ROOT
from ruamel.yaml import YAML

from tools import release

REQUIRED = {"authors", "cff-version", "message", "title"}
KNOWN = REQUIRED | {
    "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license",
    "license-url", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "type", "url", "version",
}  # fmt: skip
"""The keys of the Citation File Format 1.2.0 (doi:10.5281/zenodo.5171937), its root object."""
ENTITY = {
    "address", "alias", "city", "country", "date-end", "date-start", "email", "fax", "location",
    "name", "orcid", "post-code", "region", "tel", "website",
}  # fmt: skip
STATED = ("pyproject.toml", "geo/version.py", "CITATION.cff", "CHANGELOG.md")


def read(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((ROOT / name).read_text(encoding="utf-8"))


def test_the_citation_is_valid_in_the_citation_file_format():
    found = read("CITATION.cff")
    assert REQUIRED <= found.keys() <= KNOWN
    assert (found["cff-version"], found["type"], found["license"]) == ("1.2.0", "software", "MIT")
    assert found["authors"]
    assert all({"name"} <= one.keys() <= ENTITY for one in found["authors"])
    assert all(
        isinstance(found[one], str) and found[one] for one in ("message", "title", "version")
    )
    assert len(found["keywords"]) == len(set(found["keywords"]))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(found.get("date-released", "2026-01-01")))


def test_the_citation_says_what_the_project_says():
    found, project = read("CITATION.cff"), tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert found["version"] == project["project"]["version"]
    assert [one["name"] for one in found["authors"]] == [
        one["name"] for one in project["project"]["authors"]
    ]


def test_the_version_is_the_same_everywhere():
    assert [*release.faults(ROOT)] == []
    assert {*release.versions(ROOT)} == {*STATED}


@pytest.mark.parametrize("name", STATED)
def test_a_version_that_differs_is_named_with_its_file(tmp_path, name):
    for one in STATED:
        (tmp_path / one).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / one, tmp_path / one)
    file = tmp_path / name
    version = release.versions(ROOT)["pyproject.toml"]
    file.write_text(file.read_text(encoding="utf-8").replace(version, "9.9.9"), encoding="utf-8")
    found = "\n".join(release.faults(tmp_path))
    assert name in found
    assert "9.9.9" in found


def test_hooks_run_what_make_check_runs_and_fetch_nothing():
    repos = read(".pre-commit-config.yaml")["repos"]
    assert [one["repo"] for one in repos] == ["local"]
    hooks = [hook for one in repos for hook in one["hooks"]]
    assert all(hook["language"] == "system" for hook in hooks)
    assert "make check" in [hook["entry"] for hook in hooks]


def test_every_template_of_an_issue_has_a_name_and_sends_vulnerabilities_elsewhere():
    templates = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.md"))
    assert [one.stem for one in templates] == ["bug", "data", "feature"]
    for one in templates:
        _, head, text = one.read_text(encoding="utf-8").split("---\n", 2)
        assert {"name", "about"} <= YAML(typ="safe", pure=True).load(head).keys()
        assert "SECURITY.md" in text or one.stem == "feature"
