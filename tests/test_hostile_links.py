"""Web addresses lead where they say, in every format; numbers of people have one bound."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from dossiers import SOURCE, claim, dossier_bytes, incident, messages, read, workspace
from pptx import Presentation

from geo import limits
from geo.briefing.formats import files
from geo.dossier.intake import read_dossier
from geo.events.cells.values import NO_NUMBER, count_from
from geo.places.country import Country
from geo.snapshot.content.composing import with_digests
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.layout.notes import safe_link
from geo.snapshot.output.making import make
from geo.text import ascii_address, link_fault

FALSE = {
    "https://bank.example@evil.example/": "names a user",
    "https://user:secret@example.org/": "names a user",
    "https://@example.org/": "names a user",
    "https:///path": "names no host",
    "http://?q": "names no host",
    "https://.": "names no host",
    "https://example.org:99999/": "port",
    "https://example.org:x/": "port",
    "https://[::1/": "names no host",
    f"https://{'a' * 64}.example/": "not a valid name",
}


@pytest.mark.parametrize("address", FALSE)
def test_an_address_with_a_user_or_without_a_host_is_refused(address: str) -> None:
    for field in ("url", "archive_url"):
        found = read(incident(), sources={"report": SOURCE | {field: address}})
        assert found.dossier.records == ()
        assert FALSE[address] in messages(found)[0], messages(found)
    assert safe_link(address) == ""


ADDRESS = "https://münchen.example/straße?q=کابل&x=a%20b#é"
ENCODED = "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%DA%A9%D8%A7%D8%A8%D9%84&x=a%20b#%C3%A9"


@pytest.mark.slow
def test_an_address_of_other_letters_is_a_link_in_ascii_in_every_format(country: Country) -> None:
    assert ascii_address(ADDRESS) == ENCODED
    assert link_fault(ADDRESS) == ""
    found = workspace(country, incident(), sources={"report": SOURCE | {"url": ADDRESS}})
    assert found.problems == ()
    made = make(found, with_digests(found, Recipe(size="web")))
    with zipfile.ZipFile(io.BytesIO(files(made, found, "zip")[0].data)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
        assert ADDRESS in archive.read("sources.csv").decode("utf-8-sig")
    pptx, docx, pdf, svg = (
        next(data for name, data in whole.items() if name.endswith(form))
        for form in ("pptx", "docx", "pdf", "svg")
    )
    slides = Presentation(io.BytesIO(pptx)).slides
    links = [one for slide in slides for one in slide.part.rels.values() if one.is_external]
    assert ENCODED in {one.target_ref for one in links}
    parts = Document(io.BytesIO(docx)).part.rels.values()
    assert ENCODED in {one.target_ref for one in parts if one.is_external}
    assert re.findall(rb"/URI \((https://xn--[^)]*)\)", pdf)[0].decode() == ENCODED
    assert ENCODED.replace("&", "&amp;") in svg.decode()


# --- the dead have one bound


@pytest.mark.parametrize("how", [int, lambda n: {"low": n}, lambda n: {"high": n}])
def test_killed_has_the_same_bound_in_dossiers_and_tables(how: Callable[[int], Any]) -> None:
    most = limits.MAX_DEATHS
    taken = read(incident(claims=[claim(killed=how(most))]))
    refused = read(incident(claims=[claim(killed=how(most + 1))]))
    assert taken.problems == ()
    assert refused.dossier.records == ()
    assert "at most 2000000" in messages(refused)[0]
    assert (count_from(str(most)), count_from(str(most + 1))) == (most, NO_NUMBER)


@pytest.mark.parametrize("number", [10**30, 10**300])
def test_a_number_beyond_all_bounds_is_a_problem(number: int) -> None:
    data = json.loads(dossier_bytes(incident(claims=[claim(killed=number)])))
    found = read_dossier(json.dumps(data).encode(), "d.yaml")
    assert found.dossier.records == ()
    assert found.problems[0].line
