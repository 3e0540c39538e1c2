"""Series: every map, page and frame has a count that adds up; the same recipe, the same bytes."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
import shapely
from app_files import handed
from dossiers import incident, workspace
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest
from test_tagged_pdf import faults_of
from typer.testing import CliRunner
from views import FIELDS

from geo.cli.main import app
from geo.errors import MissingExtraError, OptionError, RecipeError
from geo.handover.canaries import canaries_of
from geo.handover.scanning import scan_file
from geo.series.contents import contents_of
from geo.series.embedding import MARK, find_series, read_recipe
from geo.series.files import series_files
from geo.series.frames import frames_of
from geo.series.making import Series, make_series, reduction_of_series
from geo.series.panel_pages import panel_pages
from geo.series.series_recipe import SERIES_FORMS, SeriesRecipe
from geo.series.workers import DrawingRun
from geo.snapshot.content.chart_choice import ChartChoice
from geo.snapshot.content.editorial.editorial import Editorial
from geo.snapshot.content.editorial.mark_labels import MarkLabels
from geo.snapshot.content.event_choice import EventChoice
from geo.snapshot.content.recipe import Recipe
from geo.snapshot.content.sizes import SIZES
from geo.snapshot.layout.typesetting import TextLine
from geo.snapshot.lettering import width_of
from geo.view import EVERYTHING, View
from geo.view.parts import PART_STEPS, view_parts

DAY = date(2026, 11, 21)
YEAR = View(first=date(2022, 1, 1), last=date(2022, 12, 31))
SPRING = View(first=date(2022, 4, 1), last=date(2022, 5, 31), base_off=("places", "relief"))
WEB = SIZES["web"]


def recipe(view: View = EVERYTHING, **more: object) -> Recipe:
    return Recipe(view, as_of=DAY, **more)


def words(page) -> str:
    return " ".join(item.text for item in page.page.items if isinstance(item, TextLine))


@pytest.fixture(scope="module")
def lapse(own) -> Series:
    found = SeriesRecipe(recipe(SPRING, size="web"), "time-lapse", "month", seconds=0.5)
    return make_series(own, found)


@pytest.fixture(scope="module")
def lapse_files(own, lapse) -> dict[str, bytes]:
    found = series_files(own, lapse, ["gif", "webp"])
    return {file.name.removeprefix(lapse.name): file.data for file in found}


# Every count adds up


@pytest.mark.slow
@settings(max_examples=12)
@given(
    view=st.fixed_dictionaries(
        {}, optional={key: FIELDS[key] for key in ("off", "kinds", "statuses", "provinces", "text")}
    ),
    each=st.sampled_from(PART_STEPS),
    skip_empty=st.booleans(),
)
def test_every_map_and_the_whole_have_counts_that_add_up(own, view, each, skip_empty):
    asked = replace(EVERYTHING, first=date(2022, 3, 15), last=date(2022, 7, 31), **view)
    try:
        found = contents_of(own, SeriesRecipe(recipe(asked), "multiples", each, None, skip_empty))
    except OptionError:
        # Nothing is on, or nothing is left after leaving out what is empty.
        return
    for panel in found.panels:
        count = panel.count
        assert len(count.shown) == count.drawn + count.beside + count.outside
        assert {entry.record for entry in panel.content.entries} <= count.shown
        assert len(panel.content.entries) == count.drawn + count.beside
        assert not skip_empty or count.shown
    tally, total = found.tally, len(own.reading.dossier.records)
    assert tally.total == total
    assert tally.total == tally.once + tally.several + tally.nowhere + sum(tally.out.values())
    assert tally.entries == sum(len(panel.count.shown) for panel in found.panels)
    head, *parts = found.whole.ledger.split(" · ")
    shown, of = (int(number) for number in re.findall(r"\d+", head)[:2])
    on_maps = [part for part in parts if part.endswith(" on one map") or " on several" in part]
    rest = [int(part.split()[0]) for part in parts if part not in on_maps]
    assert of == total == shown + sum(rest)
    assert not on_maps or shown == sum(int(part.split()[0]) for part in on_maps)


@pytest.mark.slow
@pytest.mark.parametrize("each", PART_STEPS)
def test_a_record_has_one_number_on_all_maps_and_one_note(own, each):
    found = contents_of(own, SeriesRecipe(recipe(SPRING), "multiples", each))
    numbers = {entry.record: entry.number for entry in found.whole.entries}
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    for panel in found.panels:
        assert all(numbers[entry.record] == entry.number for entry in panel.content.entries)
        on_map = {n for spot in panel.content.spots for row in spot.rows for n in row.numbers}
        on_map |= {n for badge in panel.content.badges for n in badge.numbers}
        assert on_map <= {entry.number for entry in panel.content.entries}
        keys = {source.key: source.number for source in found.whole.sources}
        assert all(keys[source.key] == source.number for source in panel.content.sources)


def test_a_record_on_several_maps_is_said_to_be(country):
    found = workspace(
        country,
        incident(id="a-raid", when="2022-01-20/2022-02-10"),
        incident(id="an-attack", when="2022-02-03"),
        incident(id="a-march", when="2022-02-05"),
    )
    series = contents_of(found, SeriesRecipe(recipe(YEAR), "multiples", "month", skip_empty=True))
    assert [panel.name for panel in series.panels] == ["January 2022", "February 2022"]
    assert series.whole.ledger.startswith(
        "3 of 3 records on 2 maps · 2 on one map · 1 on several, counted on each (4 in all)"
    )
    assert "10 maps without any record omitted" in " ".join(series.whole.warnings)


@pytest.mark.slow
def test_each_page_of_several_counts_its_own_maps(own):
    found = contents_of(own, SeriesRecipe(recipe(size="half-slide"), "multiples", "province"))
    pages = list(panel_pages(found, SIZES["half-slide"]))
    assert len(pages) > 1
    first = 1
    for page in pages:
        last = first + len(page.panels) - 1
        assert f"Maps {first}–{last} of 34" in page.content.ledger
        panels = found.panels[first - 1 : last]
        records = set().union(*(panel.count.shown for panel in panels))
        assert f": {len(records)} record" in page.content.ledger
        for panel in panels:
            assert panel.name in words(page)
            assert panel.ledger.split(";")[0] in words(page)
        first = last + 1
    assert first == 35


@pytest.mark.slow
def test_on_small_maps_the_scale_leaves_the_country_free(own):
    """With its words above the bar, a third of it would lie over the country."""
    found = contents_of(own, SeriesRecipe(recipe(YEAR), "multiples", "month"))
    (page,) = panel_pages(found, SIZES["slide"])
    for panel in page.panels:
        scale = shapely.box(*panel.plan.scale.edges)
        assert shapely.intersection(scale, panel.plan.canvas.land).area < 0.15 * scale.area


@pytest.mark.slow
def test_maps_by_period_or_group_share_extent_scale_and_legend(own):
    for each in ("month", "group"):
        found = contents_of(own, SeriesRecipe(recipe(YEAR), "multiples", each))
        (page,) = panel_pages(found, SIZES["slide"])
        boxes = {(panel.box.width, panel.box.height) for panel in page.panels}
        frames = {panel.plan.canvas.frame.box.wkt for panel in page.panels}
        assert (len(boxes), len(frames)) == (1, 1)
        assert len(page.panels) == len(found.panels)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_nothing_on_a_page_of_maps_overlaps_or_is_cut_off(own, size):
    found = contents_of(own, SeriesRecipe(recipe(YEAR, size=size), "multiples", "month"))
    for page in panel_pages(found, SIZES[size]):
        for panel in page.panels:
            box = panel.box
            assert 0 < box.left < box.left + box.width < page.page.width
            assert 0 < box.top < box.top + box.height < page.page.height
            inside = [
                item for item in page.page.items
                if isinstance(item, TextLine) and item.role != "map"
                and box.left < item.x < box.left + box.width
                and box.top < item.y < box.top + box.height
            ]  # fmt: skip
            assert not inside
        assert all(item.y < page.page.height for item in page.page.items)


def test_a_map_without_records_is_drawn_and_named(own):
    found = contents_of(own, SeriesRecipe(recipe(), "multiples", "province"))
    page = next(iter(panel_pages(found, SIZES["slide"])))
    assert "Badghis" in words(page)
    assert "0 of 28 records" in words(page)
    assert "No record" in words(page)


# The same recipe, the same bytes


@pytest.mark.slow
def test_a_series_is_made_again_from_any_of_its_files(own, lapse, lapse_files):
    for name in (".gif", ".webp", ".series.json"):
        assert read_recipe(lapse_files[name], name) == lapse.series
    again = make_series(own, read_recipe(lapse_files[".gif"], "a.gif"))
    for file in series_files(own, again, ["gif", "webp"]):
        assert file.data == lapse_files[file.name.removeprefix(lapse.name)], file.name


@pytest.mark.slow
def test_pages_are_the_same_whoever_draws_them(own):
    found = SeriesRecipe(recipe(SPRING, size="web"), "multiples", "province", skip_empty=True)
    made = make_series(own, found)
    alone = list(made.png(50))
    assert list(made.png(50, DrawingRun(2))) == alone
    assert all(read_recipe(png, "a.png") == made.series for png in alone)
    pdf = made.pdf()
    assert pdf == make_series(own, found).pdf()
    assert faults_of(pdf) == []
    assert read_recipe(pdf, "a.pdf") == made.series
    assert read_recipe(next(made.svg()), "a.svg") == made.series


@pytest.mark.slow
def test_progress_is_told_page_by_page(lapse):
    told = []
    frames = list(frames_of(lapse.contents, WEB))
    list(DrawingRun(1, lambda done, of: told.append((done, of))).pngs(frames, 50))
    assert told == [(1, 2), (2, 2)]


# The time-lapse


def test_every_frame_states_period_legend_count_and_sources(lapse):
    for panel, page in zip(lapse.contents.panels, frames_of(lapse.contents, WEB), strict=True):
        said = words(page)
        for part in (panel.name, panel.ledger, "each for 0.5 seconds", "Sources", "Data version"):
            assert part in said
        cited = [f"{source.number} " for source in panel.content.sources]
        assert "more and all notes" in said or all(number in said for number in cited)
        assert [item.label for part in page.content.legend for item in part.items]


@pytest.mark.slow
def test_a_film_shows_each_frame_as_long_as_its_caption_says(lapse_files):
    assert "2 maps, each for 0.5 seconds" in lapse_files[".caption.txt"].decode()
    for form in (".gif", ".webp"):
        with Image.open(io.BytesIO(lapse_files[form])) as film:
            assert film.n_frames == 2
            for at in range(2):
                film.seek(at)
                film.load()
                assert film.info["duration"] == 500


@pytest.mark.slow
def test_an_mp4_has_every_frame_for_its_time_and_the_same_ones_again(lapse):
    av = pytest.importorskip("av")
    films = [lapse.film("mp4") for _ in range(2)]
    frames = []
    for data in films:
        assert read_recipe(data, "a.mp4") == lapse.series
        with av.open(io.BytesIO(data)) as film:
            found = [frame.to_ndarray(format="gray").astype(int) for frame in film.decode(video=0)]
        assert len(found) == 2 * 5
        frames.append(np.stack(found))
    # The encoder rounds now and then in another way, which nobody sees; other maps differ far more.
    apart = np.abs(frames[0] - frames[1]).mean(axis=(1, 2)).max()
    assert apart < 0.2 < 5 * 0.2 < np.abs(frames[0][0] - frames[0][-1]).mean(), apart


def test_an_mp4_without_its_encoder_is_refused_in_a_sentence(lapse, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(MissingExtraError, match=r"an MP4 needs av.*incident-map\[video\]"):
        lapse.film("mp4")


# The atlas


@pytest.mark.slow
def test_an_atlas_has_bookmarks_links_and_page_numbers_that_agree(own):
    some = View(provinces=("AF-PAN", "AF-KAB", "AF-BDG"))
    made = make_series(own, SeriesRecipe(recipe(some, size="web"), "atlas", "province"))
    data = made.pdf()
    assert faults_of(data) == []
    reader = PdfReader(io.BytesIO(data))
    names = [entry.name for entry in made.atlas.entries]
    assert names == ["Overview", "Badghis", "Kabul", "Panjshir", "Sources and credits"]
    texts = [page.extract_text() for page in reader.pages]
    marks = {
        item.title: reader.get_destination_page_number(item)
        for item in reader.outline
        if not isinstance(item, list)
    }
    for entry in made.atlas.entries:
        assert marks[entry.name] == entry.page - 1
        assert f"Page {entry.page} of {len(texts)}" in texts[entry.page - 1]
        assert entry.name.split()[0] in texts[entry.page - 1]
    assert "No record is shown" in texts[marks["Badghis"]]
    assert re.search(r"The New American", texts[marks["Sources and credits"]])
    ids = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}
    links = {
        ids[target[0].idnum]
        for page in reader.pages
        for link in page.get("/Annots", ())
        if (target := link.get_object()["/A"].get("/D"))
    }
    assert links == set(marks.values())
    assert reader.root_object["/Lang"].startswith("en")
    assert reader.metadata.title == made.contents.whole.title


def test_no_name_of_the_overview_of_an_atlas_leaves_its_province_or_meets_another(own):
    made = make_series(own, SeriesRecipe(recipe(), "atlas", "province"))
    (sheet,) = (one for one in made.pages if one.panels)
    lines = [item for item in sheet.page.items if getattr(item, "role", "") == "map"]
    boxes = []
    for line in lines:
        wide = width_of(line.text, line.type.size, line.type.weight)
        boxes.append((line.x, line.y - line.type.size * 0.7, line.x + wide, line.y))
    numbers = [line.text for line in lines if line.text.isdigit()]
    assert len(numbers) == len(own.country.provinces) == len(set(numbers))
    assert len(lines) - len(numbers) > 15, "the names that have room"
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def test_pages_of_an_atlas_refer_to_pages_of_the_atlas(own):
    made = make_series(own, SeriesRecipe(recipe(size="half-slide"), "atlas", "group"))
    for at, page in enumerate(made.pages, start=1):
        for first in re.findall(r"on pages? (\d+)", words(page)):
            assert int(first) == at + 1


# Two periods


def test_a_pair_says_what_is_new_and_gone(country):
    found = workspace(
        country,
        incident(id="before", when="2022-01-20"),
        incident(id="after", when="2022-08-03"),
        incident(id="in-both", when="2022-06-20/2022-07-10"),
        incident(id="between", when="2023-06-20"),
    )
    view = replace(YEAR, last=date(2022, 6, 30), compare=(date(2022, 7, 1), date(2022, 12, 31)))
    pair = contents_of(found, SeriesRecipe(recipe(view), "pair"))
    numbers = {entry.record: entry.number for entry in pair.whole.entries}
    assert pair.comparison[:3] == (
        f"Only in the first period: 1 record ({numbers['before']}).",
        f"Only in the second period: 1 record ({numbers['after']}).",
        f"In both, as their dates may fall within either: 1 record ({numbers['in-both']}).",
    )
    (page,) = panel_pages(pair, SIZES["slide"])
    assert "Only in the second period" in words(page)
    with pytest.raises(OptionError, match="--compare"):
        contents_of(found, SeriesRecipe(recipe(YEAR), "pair"))


# What is withheld


@pytest.mark.slow(whole=True)
@pytest.mark.parametrize("form", SERIES_FORMS)
def test_a_series_of_only_what_is_shown_holds_nothing_else(own, form):
    view = replace(SPRING, off=("taliban",), compare=(date(2022, 7, 1), date(2022, 7, 31)))
    view = view if form == "pair" else replace(view, compare=None)
    series = SeriesRecipe(recipe(view, only_shown=True, size="web"), form, "quarter")
    made = make_series(own, series)
    assert made.contents.tally.total == made.contents.tally.once + made.contents.tally.several
    reduction = reduction_of_series(own, series)
    hidden = canaries_of(reduction)
    assert len(hidden.ids) > 0
    forms = {"atlas": ["pdf"], "time-lapse": ["gif"]}.get(form, ["png", "svg"])
    for file in series_files(own, made, forms):
        assert scan_file(file.data, file.name, hidden) == ()
    assert make_series(own, made.series).series == made.series


# What is refused


def test_a_series_that_is_too_long_or_shows_nothing_is_refused(own, monkeypatch):
    monkeypatch.setattr("geo.limits.MAX_SERIES_MAPS", 11)
    with pytest.raises(OptionError, match="more than 11"):
        contents_of(own, SeriesRecipe(recipe(YEAR), "multiples", "month"))
    some = recipe(replace(YEAR, provinces=("AF-PAN", "AF-KAB", "AF-BAL")))
    with pytest.raises(OptionError, match="makes 12 maps; at most 11"):
        contents_of(own, SeriesRecipe(some, "atlas", "province", "quarter"))
    nothing = SeriesRecipe(recipe(replace(YEAR, text="zebra")), each="quarter", skip_empty=True)
    with pytest.raises(OptionError, match="no map of this series has a record"):
        contents_of(own, nothing)
    with pytest.raises(OptionError, match="cannot vary within"):
        contents_of(own, SeriesRecipe(recipe(YEAR), "atlas", "month", "year"))


@given(st.text(max_size=60) | st.just(MARK + "H4sIAAAA"))
def test_a_recipe_of_others_is_read_or_refused(text):
    for data in (text.encode(), b"GIF89a!\xfe\x05" + text.encode(), (MARK + text).encode()):
        try:
            found = find_series(data, "x")
        except RecipeError:
            continue
        assert found is None


def test_parts_of_a_view_show_together_what_the_view_shows(own):
    dated = replace(EVERYTHING, first=date(1990, 1, 1), last=date(2030, 1, 1))
    assert len(view_parts(dated, "year", own, 50)) == 41
    for step in PART_STEPS:
        parts = view_parts(EVERYTHING, step, own, 500)
        assert len({part.name for part in parts}) == len(parts)


@pytest.mark.slow
def test_the_command_writes_a_series_and_makes_it_again(tmp_path):
    run = CliRunner().invoke
    given_ = ["series", "--as", "multiples", "--by", "quarter", "--from", "2022", "--to", "2022"]
    look = ["--size", "web", "--as-of", "2026-11-21"]
    first = run(app, [*given_, *look, "--out", str(tmp_path / "a.png")])
    assert first.exit_code == 0, first.output
    assert "12 of 28 records on 4 maps" in first.output
    again = run(app, ["series", "--recipe", str(tmp_path / "a.png"), "--out", f"{tmp_path}/b.png"])
    assert again.exit_code == 0, again.output
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--as", "pair", "--by", "month"], "--by: a pair shows two periods"),
        (["--as", "time-lapse", "--by", "group"], "give month, quarter or year"),
        (["--seconds", "3"], "add --as time-lapse"),
        (["--compare", "2023-01/2023-06"], "--compare: only a pair"),
        (["--then", "month"], "cannot vary within"),
        (["--by", "province", "--at", "34.5,69.1,8"], "--at: sets one map position"),
        (["--format", "gif"], "--format: 'gif' is not known"),
    ],
)
def test_options_that_have_no_effect_are_refused(tmp_path, options, says):
    found = CliRunner().invoke(app, ["series", *options, "--out", f"{tmp_path}/"])
    assert found.exit_code == 2
    assert says in found.output


def series_page() -> None:
    """Run the field on its own; its source is all that the app takes over."""
    from datetime import date  # noqa: PLC0415 - the source of this function is all that is run

    from geo.app import session  # noqa: PLC0415 - as above
    from geo.app.drawing_lock import DrawingTurns  # noqa: PLC0415 - as above
    from geo.app.series_field import series_field  # noqa: PLC0415 - as above
    from geo.snapshot.content.recipe import Recipe  # noqa: PLC0415 - as above
    from geo.view import View  # noqa: PLC0415 - as above

    view = View(first=date(2022, 4, 1), last=date(2022, 5, 31))
    series_field(
        session.workspace(), Recipe(view, as_of=date(2026, 11, 21), size="web"), DrawingTurns()
    )


@pytest.mark.slow
def test_the_page_makes_a_series_and_offers_it_until_a_field_changes():
    page = AppTest.from_function(series_page, default_timeout=120).run()
    assert [one.label for one in page.selectbox] == ["Form", "One map for each"]
    page.button(key="briefing-series-create").click().run()
    assert not page.exception
    _, name, archive, said = page.session_state["briefing-series"]
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = [one.removeprefix(name.removesuffix(".zip")) for one in opened.namelist()]
        assert names == [".pdf", ".caption.txt", ".series.json"]
    assert "on 2 maps" in said
    (offered,) = handed(page)
    assert offered.labels == ("Download the PDF", "Download the series (ZIP)")
    page.selectbox(key="briefing-series-each-multiples").select("year").run()
    assert handed(page) == []
    page.selectbox(key="briefing-series-form").select("pair").run()
    assert not page.button


@pytest.mark.parametrize("form", ["multiples", "atlas", "time-lapse"])
def test_the_marking_of_its_editor_is_on_every_page_and_frame(own, form):
    marked = replace(recipe(size="slide"), editorial=Editorial(marking="TLP:AMBER"))
    made = make_series(own, SeriesRecipe(marked, form, "group" if form == "atlas" else "year"))
    pages = [*made.pages, *(made.frames if form == "time-lapse" else ())]
    for page in pages:
        said = [one.text for one in page.page.items if isinstance(one, TextLine)]
        assert said.count("TLP:AMBER") == 2


def test_what_a_series_does_not_show_is_refused(own):
    charted = replace(recipe(), chart=ChartChoice("year"))
    with pytest.raises(OptionError, match="only the maps of an atlas"):
        make_series(own, SeriesRecipe(charted))
    with pytest.raises(OptionError, match="shows records only"):
        make_series(
            own, SeriesRecipe(replace(recipe(), events=EventChoice("rings", "0" * 64, "e.csv")))
        )


@pytest.mark.parametrize("form", ["multiples", "atlas", "time-lapse"])
def test_a_series_for_others_has_no_words_of_its_editor_about_withheld_records(own, form):
    withheld = "interior-ministry-attack-2024"
    said = Editorial(labels=MarkLabels(own=((withheld, "Only ours to know"),)))
    view = View(first=date(2022, 1, 1), last=date(2022, 12, 31))
    passed = replace(recipe(view, only_shown=True, size="slide"), editorial=said)
    found = make_series(own, SeriesRecipe(passed, form, "group" if form == "atlas" else "quarter"))
    assert found.series.recipe.editorial == Editorial()
    assert withheld not in found.series.to_json()
