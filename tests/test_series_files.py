"""A file of a series from a colleague says where it comes from and what has changed since."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from app_alerts import alerts
from app_files import handed
from dossiers import copy_of_data, incident, workspace
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from sharing import made_once
from streamlit.testing.v1 import AppTest
from test_figures_in_files import (
    DAY,
    EXPECTED,
    LATER,
    after,
    before,
    dossier_after,
    dossier_before,
    field,
    kinds,
)
from typer.testing import CliRunner

from geo.app.earlier_file import EARLIER_FILE
from geo.app.file_choice import PackedFile
from geo.cli.main import app
from geo.errors import GeoError, IntakeError, RecipeError
from geo.figures.office_file import OfficeFile
from geo.places.country import Country
from geo.series.earlier_files import (
    check_series_file,
    refresh_series_file,
    verify_series_file,
)
from geo.series.earlier_wording import verified_series_lines
from geo.series.embedding import MARK, completed, embed_imprint, find_series, imprint_text
from geo.series.files import series_files
from geo.series.making import make_series
from geo.series.series_recipe import SeriesRecipe
from geo.settings import FOLDER_VARIABLE
from geo.snapshot.content.recipe import Recipe
from geo.table.workspace import Workspace
from geo.view import BASE_PARTS, View
from geo.workspace import located_workspace

RECIPE = Recipe(
    as_of=DAY, size="web",
    view=View(first=date(2022, 1, 1), last=date(2022, 12, 31), base_off=tuple(sorted(BASE_PARTS))),
)  # fmt: skip
# A series counts the records that it shows, of which as many are withdrawn as are new.
CHANGED = {key: kind for key, kind in EXPECTED.items() if key != "record count"}
MADE: Mapping[str, tuple[SeriesRecipe, tuple[str, ...]]] = {
    "page": (SeriesRecipe(RECIPE, "multiples", "quarter"), ("png", "svg")),
    "atlas": (SeriesRecipe(RECIPE, "atlas", "year"), ("pdf", "pptx")),
    "lapse": (SeriesRecipe(RECIPE, "time-lapse", "quarter", seconds=0.5), ("gif", "webp")),
}
FILES = (
    "page.png",
    "page.svg",
    "atlas.pdf",
    "atlas.pptx",
    "lapse.gif",
    "lapse.webp",
    "lapse_still.pdf",
)


@dataclass(frozen=True)
class EarlierSeries:
    """Data of two days, and files of series made on the first one."""

    then: Workspace
    now: Workspace
    files: Mapping[str, bytes]


@pytest.fixture(scope="module")
def earlier(country: Country, tmp_path_factory: pytest.TempPathFactory) -> EarlierSeries:
    then = before(country)

    def write(folder: Path) -> None:
        for name, (series, forms) in MADE.items():
            made = make_series(then, series)
            for file in series_files(then, made, forms):
                (folder / f"{name}{file.name.removeprefix(made.name)}").write_bytes(file.data)

    folder = made_once(tmp_path_factory, "series-files", write)
    return EarlierSeries(
        then, after(country), {name: (folder / name).read_bytes() for name in FILES}
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_verify_says_from_which_data_and_question_a_file_of_a_series_is(
    name: str, earlier: EarlierSeries
) -> None:
    verified = verify_series_file(earlier.files[name], name, earlier.then)
    assert verified is not None
    assert (verified.is_sound, verified.confirmation) == (True, "confirmed")
    said = " ".join(verified_series_lines(verified))
    data = earlier.then.reading.digest[:12]
    for part in (data, "21 November 2026", "one map for each", "5 of 5 records"):
        assert part in said
    verified = verify_series_file(earlier.files[name], name, earlier.now)
    assert verified is not None
    assert (verified.is_sound, verified.confirmation) == (True, "other data")


@pytest.mark.parametrize("name", FILES)
def test_check_names_each_record_and_source_of_a_series_that_has_changed(
    name: str, earlier: EarlierSeries
) -> None:
    checked = check_series_file(earlier.files[name], name, earlier.then)
    assert checked is not None
    assert checked.is_current
    checked = check_series_file(earlier.files[name], name, earlier.now)
    assert checked is not None
    assert kinds(checked.changes) == CHANGED
    because = {one.id: one.because for one in checked.changes}
    assert because["to-withdraw"] == "Told twice."


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_refresh_makes_the_whole_file_anew_as_it_would_be_made_today(
    name: str, earlier: EarlierSeries
) -> None:
    made = refresh_series_file(earlier.files[name], name, earlier.now, LATER)
    assert made is not None
    assert made.is_refreshed
    new = check_series_file(made.data, name, earlier.now)
    assert new is not None
    assert (new.is_current, new.found.state) == (True, "as drawn")
    assert new.found.imprint.series.recipe.as_of == LATER
    series, _ = MADE[re.split(r"[._]", name)[0]]
    today = make_series(earlier.now, series.with_recipe(replace(series.recipe, as_of=LATER)))
    form = name.rpartition(".")[2]
    fresh = {
        file.name.removeprefix(today.name): file.data
        for file in series_files(earlier.now, today, () if "still" in name else (form,))
    }
    assert made.data == fresh[f"_still.{form}" if "still" in name else f".{form}"]
    again = refresh_series_file(made.data, name, earlier.now, LATER)
    assert again is not None
    assert (again.is_refreshed, again.data) == (False, made.data)


def pixel_changed(data: bytes) -> bytes:
    """A PNG with one other pixel, and with all its texts."""
    with Image.open(io.BytesIO(data)) as opened:
        whole = opened.convert("RGB")
        texts = dict(opened.text)  # type: ignore[attr-defined] # only a PNG has texts
    whole.putpixel((200, 200), (255, 0, 0))
    about, file = PngInfo(), io.BytesIO()
    for key, said in texts.items():
        about.add_text(key, said)
    whole.save(file, "PNG", pnginfo=about)
    return file.getvalue()


def without_a_page(data: bytes) -> bytes:
    """A PDF without its last page, and with its document information."""
    reader, writer = PdfReader(io.BytesIO(data)), PdfWriter()
    for page in reader.pages[:-1]:
        writer.add_page(page)
    writer.add_metadata({key: str(said) for key, said in (reader.metadata or {}).items()})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def retyped(data: bytes) -> bytes:
    """A deck in which somebody has edited a text."""
    office = OfficeFile(data, "x")
    name = "ppt/slides/slide1.xml"
    return office.with_parts({name: office.part(name).replace(b"A dossier", b"My dossier")})


def slower(data: bytes) -> bytes:
    """A GIF in which the first frame is shown longer (GIF89a, 23)."""
    at = data.index(b"!\xf9\x04")
    return data[: at + 4] + b"\xff\x01" + data[at + 6 :]


def one_bit_changed(data: bytes) -> bytes:
    """A film with one bit changed in the middle, where its pictures are."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


ALTERED: Mapping[str, Callable[[bytes], bytes]] = {
    "page.png": pixel_changed,
    "page.svg": lambda data: data.replace(b"1 January 2022", b"1 January 2023"),
    "atlas.pdf": without_a_page,
    "atlas.pptx": retyped,
    "lapse.gif": slower,
    "lapse.webp": one_bit_changed,
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_file_that_somebody_has_changed_is_found_out_and_never_overwritten(
    name: str, earlier: EarlierSeries
) -> None:
    data = ALTERED[name](earlier.files[name])
    assert data != earlier.files[name]
    verified = verify_series_file(data, name, earlier.then)
    assert verified is not None
    assert (verified.found.state, verified.is_sound) == ("altered", False)
    made = refresh_series_file(data, name, earlier.now, LATER)
    assert made is not None
    assert (made.is_refreshed, made.data) == (False, data)
    assert "somebody has changed the file" in made.because
    checked = check_series_file(data, name, earlier.now)
    assert checked is not None
    assert kinds(checked.changes) == CHANGED


def test_a_file_with_a_new_name_and_title_is_as_it_was_drawn(earlier: EarlierSeries) -> None:
    renamed = earlier.files["page.svg"].replace(b"<title", b"<!-- ours --><title", 1)
    found = find_series(renamed, "other name.svg")
    assert found is not None
    assert found.state == "as drawn"


def test_a_forged_digest_is_found_out_by_making_the_series_again(earlier: EarlierSeries) -> None:
    """Whoever changes a film can change its digest, but not what the data give."""
    data = one_bit_changed(earlier.files["lapse.webp"])
    found = find_series(data, "x")
    assert found is not None
    forged = completed(data.replace(found.digest.encode(), b"0" * 64))
    again = find_series(forged, "x")
    assert again is not None
    assert again.state == "as drawn"
    verified = verify_series_file(forged, "x", earlier.then)
    assert verified is not None
    assert verified.confirmation == "not confirmed"


def test_other_data_that_show_the_same_make_no_series_out_of_date(
    earlier: EarlierSeries, country: Country
) -> None:
    same = located_workspace(country, b"# A comment.\n" + dossier_before(), "d.yaml")
    assert same.reading.digest != earlier.then.reading.digest
    checked = check_series_file(earlier.files["atlas.pdf"], "x", same)
    assert checked is not None
    assert checked.is_current


def test_a_corrected_record_that_is_on_none_of_the_maps_is_named(country: Country) -> None:
    """Its note is printed at the end of the series, so it has to be right as well."""

    def data(title: str) -> Workspace:
        nowhere = incident(id="nowhere", title=title, where=[])
        found: Workspace = workspace(country, incident(id="a-raid"), nowhere)
        return found

    made = make_series(data("As it was"), SeriesRecipe(RECIPE, each="province", skip_empty=True))
    (png,) = list(made.png(50))[:1]
    assert "1 not known to be in any one province" in made.contents.whole.ledger
    checked = check_series_file(png, "a.png", data("Corrected"))
    assert checked is not None
    assert kinds(checked.changes) == {"record nowhere": "corrected"}


# --- the commands and the page


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.mark.slow
def test_the_commands_say_it_of_a_series_and_end_with_the_right_code(
    earlier: EarlierSeries, tmp_path: Path
) -> None:
    page, film, out = (tmp_path / name for name in ("page.png", "film.gif", "new.gif"))
    page.write_bytes(earlier.files["page.png"])
    film.write_bytes(earlier.files["lapse.gif"])
    then, now = tmp_path / "then.yaml", tmp_path / "now.yaml"
    then.write_bytes(dossier_before())
    now.write_bytes(dossier_after())
    said = run("verify", page, film, "--dossier", then)
    assert said.exit_code == 0, said.output
    assert "Maps on a page, page 1: A dossier" in said.output
    assert "Time-lapse: A dossier" in said.output
    assert run("check", film, page, "--dossier", then).exit_code == 0
    said = run("check", film, "--dossier", now)
    assert said.exit_code == 1
    assert "out of date (6 changes)" in said.output
    assert "withdrawn record: to-withdraw: Told twice (Told twice.)" in said.output
    (listed,) = json.loads(run("check", film, "--dossier", now, "--format", "json").stdout)
    assert listed["series"]["form"] == "time-lapse"
    assert {one["kind"] for one in listed["changes"]} == set(CHANGED.values())
    (listed,) = json.loads(run("verify", film, "--dossier", now, "--format", "json").stdout)
    assert (listed["picture"], listed["confirmation"]) == ("as drawn", "other data")
    said = run("refresh", film, "--dossier", now, "--out", out)
    assert said.exit_code == 0, said.output
    assert film.read_bytes() == earlier.files["lapse.gif"]
    assert run("check", out, "--dossier", now).exit_code == 0
    film.write_bytes(slower(earlier.files["lapse.gif"]))
    said = run("refresh", film, "--dossier", now, "--in-place")
    assert said.exit_code == 1
    assert "incident-map series --current-data --recipe FILE" in said.output
    assert film.read_bytes() == slower(earlier.files["lapse.gif"])
    said = run("series", now, "--current-data", "--recipe", film, "--out", tmp_path / "anew.gif")
    assert said.exit_code == 0, said.output
    assert run("check", tmp_path / "anew.gif", "--dossier", now).exit_code == 0


def test_a_film_that_lost_its_recipe_is_said_to_have_none(
    earlier: EarlierSeries, tmp_path: Path
) -> None:
    film = tmp_path / "sent.gif"
    with Image.open(io.BytesIO(earlier.files["lapse.gif"])) as opened:
        opened.save(film, save_all=True, comment=b"")
    said = run("verify", film)
    assert said.exit_code == 2
    assert "is a film without the recipe of a series" in said.output


def test_the_page_says_what_has_changed_since_a_series_was_made(
    earlier: EarlierSeries, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of_data(data_folder, tmp_path / "small")
    (folder / "incidents.yaml").write_bytes(dossier_after())
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    page = AppTest.from_function(field, default_timeout=90)
    page.session_state[EARLIER_FILE] = PackedFile.of(gzip.compress(earlier.files["atlas.pdf"]))
    page.run()
    assert not page.exception
    (warning,) = alerts(page, "warning")
    assert "Atlas: A dossier: out of date" in warning
    listed = "\n".join(one.value for one in page.markdown)
    assert "withdrawn record: to-withdraw: Told twice" in listed
    assert "Atlas of 21 November 2026" in listed
    assert [one.labels for one in handed(page)] == [("Recreate the series",)]
    altered = ALTERED["atlas.pdf"](earlier.files["atlas.pdf"])
    page.session_state[EARLIER_FILE] = PackedFile.of(gzip.compress(altered))
    page.run()
    assert not page.exception
    assert handed(page) == []


# --- what others may have put there


@pytest.mark.parametrize("said", ["H4sIAAAA", "AAAA", "H4sIAAAAAAAC/wMAAAAAAAAAAAA="])
@pytest.mark.parametrize("form", ["<svg>{}</svg>", "%PDF-1.4 {}", "{}"])
def test_a_damaged_imprint_of_a_series_is_a_message_and_no_crash(form: str, said: str) -> None:
    data = form.format(MARK + said).encode()
    with pytest.raises(RecipeError):
        find_series(data, "x")


def test_a_series_that_asks_for_too_much_is_not_drawn(earlier: EarlierSeries) -> None:
    found = find_series(earlier.files["page.png"], "x")
    assert found is not None
    imprint = found.imprint
    for drawn in (
        replace(imprint.drawn, page=99), replace(imprint.drawn, dpi=0),
        replace(imprint.drawn, form="gif"),
    ):  # fmt: skip
        text = imprint_text(replace(imprint, drawn=drawn))
        with Image.open(io.BytesIO(earlier.files["page.png"])) as opened:
            file = io.BytesIO()
            opened.convert("RGB").save(file, "PNG")
        data = embed_imprint(file.getvalue(), text)
        verified = verify_series_file(data, "x", earlier.then)
        assert verified is not None
        assert verified.confirmation == "not confirmed"
        made = refresh_series_file(data, "x", earlier.now, LATER)
        assert made is not None
        assert (made.is_refreshed, bool(made.because)) == (False, True)


def test_a_film_of_others_is_refused_in_a_sentence() -> None:
    for data in (b"GIF89a....", b"RIFF....WEBPVP8 ", b"\0\0\0\x18ftypisom"):
        with pytest.raises(IntakeError, match="without the recipe of a series"):
            check_series_file(data, "x", None)  # type: ignore[arg-type] # is not looked at
    with pytest.raises(GeoError):
        find_series(b"%PDF-1.4 " + MARK.encode() + b"H4sI", "x")
