"""An event table in the map document: the same events in columns, ledger, canvas and lists."""

from __future__ import annotations

import base64
import gzip
import re
from datetime import date

import events as made
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from browsing import page_script, with_modules
from dossiers import workspace
from playwright.sync_api import expect
from pyproj import Geod

from geo.errors import IntakeError
from geo.events.columns.schema import FIELDS
from geo.table.search import fold
from geo.view import EVERYTHING, REASONS, UNNAMED, View, keep
from geo.webmap.base_map import base_facts
from geo.webmap.document import document_html, encode
from geo.webmap.event_columns import (
    DEGREE,
    MOST_TEXTS,
    NO_DAY,
    NO_POINT,
    event_block,
    groups_of,
    names_of,
)
from geo.webmap.model import document_model
from geo.wording.symbology import FORMS
from geo.wording.vocabulary import PRECISIONS, STATUSES

HOSTILE = '<img src=x onerror="document.title=1">{{ 7*7 }}{% raw %}</script>@payload@@events@'
TOWNS = {
    "Kunduz": ("Imam Sahib", "37.1893", "68.9364"),
    "Balkh": ("Mazar-e Sharif", "36.7090", "67.1109"),
    "Herat": ("Herat", "34.3482", "62.1997"),
}
SEEN = page_script("events_document.js", "eventsSeen")


def rows(country, data_folder):
    """Some hundred events: of both formats, with every kind of place and hostile words."""
    random = np.random.default_rng(5)
    actors = ("NRF: National Resistance Front", "Taliban", "A front that nobody knows", "")
    provinces = list(TOWNS)
    several = []
    for at in range(240):
        town, lat, lon = TOWNS[provinces[at % 3]]
        one, two = random.choice(len(actors), 2, replace=False)
        several.append(
            made.acled(
                event_id_cnty=f"E{at}", event_date=f"202{at % 4 + 1}-0{at % 9 + 1}-1{at % 10}",
                time_precision=str(at % 3 + 1), geo_precision=str(at // 3 % 3 + 1),
                admin1=provinces[at % 3], admin2="", location=town, latitude=lat, longitude=lon,
                actor1=actors[one], actor2=actors[two], fatalities=str(at % 30),
                event_type=["Battles", "Protests", "Riots"][at // 9 % 3],
                notes=HOSTILE if at % 50 == 0 else "", source=HOSTILE,
            )
        )  # fmt: skip
    first = made.read_acled(country, data_folder, *several).events
    more = [made.ucdp(id=str(900 + at), where_prec=str(at % 6 + 1)) for at in range(30)]
    second = made.read_ucdp(country, data_folder, *more).events
    names = [name for name, _ in FIELDS]
    return pa.concat_tables([first.select(names), second.select(names)])


@pytest.fixture(scope="module")
def events(country, data_folder):
    table = rows(country, data_folder)
    latest = table["latest"].to_pylist()
    latest[3] = None
    at = table.column_names.index("latest")
    return table.set_column(at, "latest", pa.array(latest, pa.date32()))


@pytest.fixture(scope="module")
def names(events, data_folder):
    return names_of(events, made.registry(data_folder))


@pytest.fixture(scope="module")
def model(own, events, names):
    return document_model(own, events=events, names=names)


@pytest.fixture(scope="module")
def page_file(own, events, names, tmp_path_factory):
    path = tmp_path_factory.mktemp("events") / "map.html"
    text = document_html(own, events=events, names=names)
    path.write_text(with_modules(text), encoding="utf-8")
    return path


@pytest.fixture
def tab(page, page_file):
    opened = page()
    opened.page.goto(page_file.as_uri())
    opened.page.wait_for_selector(".im-ledger-events strong")
    return opened


def unpacked(block):
    """The columns of the events, with those of each event's spot and span among them."""
    data = gzip.decompress(base64.b64decode(block["data"]))
    assert len(data) == block["bytes"]

    def read(table):
        return {
            name: np.frombuffer(data, np.dtype(dtype).newbyteorder("<"), table["count"], offset)
            for name, dtype, offset in table["columns"]
        }

    own = read(block)
    spots, spans = read(block["spots"]), read(block["spans"])
    own |= {name: values[own["spot"]] for name, values in spots.items()}
    return own | {name: values[own["span"]] for name, values in spans.items()}


def test_the_columns_hold_what_the_event_table_holds(model, events):
    block = model["eventTable"]
    columns, lists = unpacked(block), block["lists"]
    table = events.to_pandas().set_index("id").loc[block["texts"]["id"]].reset_index()
    keys = [one["key"] for one in model["groups"]]
    for at, event in enumerate(table.to_dict("records")):
        read = {name: int(values[at]) for name, values in columns.items()}
        groups = [*event["groups"]] + (["unmatched"] if len(event["unmatched"]) else [])
        assert [keys[g] for g in block["combos"][read["combo"]]] == (groups or [UNNAMED])
        for name, day in (("from", event["earliest"]), ("to", event["latest"])):
            expected = NO_DAY if pd.isna(day) else (day - date(1970, 1, 1)).days
            assert read[name] == expected
        for name in ("lat", "lon"):
            degrees = event[name]
            assert read[name] == (NO_POINT if np.isnan(degrees) else round(degrees * DEGREE))
        assert lists["place"][read["place"]] == (event["place_name"] or event["place_text"])
        radius = event["uncertainty_m"]
        assert lists["radius"][read["uncertainty_m"]] == (0 if np.isnan(radius) else radius)
        for name in ("event", "subevent", "attribution", "killed_basis", "district", "off"):
            assert lists[name][read[name]] == event[name]
        for name in ("killed_low", "killed_best", "killed_high"):
            assert read[name] == (-1 if pd.isna(event[name]) else event[name])
        assert STATUSES[read["status"]].key == event["status"]
        assert PRECISIONS[read["precision"]].key == event["precision"]
        assert block["texts"]["notes"][at] == event["notes"]
    assert (columns["lat"] == NO_POINT).any()
    assert (columns["to"] == NO_DAY).any()


def test_texts_come_along_with_twenty_thousand_events_and_not_with_more(events, country):
    many = events.take(pa.array(np.arange(MOST_TEXTS + 1) % events.num_rows))
    groups = groups_of(events)
    assert event_block(many.slice(1), groups, country)["texts"] is not None
    block = event_block(many, groups, country)
    assert block["texts"] is None
    assert block["count"] == MOST_TEXTS + 1
    assert event_block(events.slice(0, 0), groups, country)["count"] == 0


def test_a_word_that_no_column_can_hold_is_refused(events, country):
    at = events.column_names.index("status")
    strange = pa.array(["certain"] * events.num_rows).dictionary_encode()
    with pytest.raises(IntakeError, match=r"status 'certain'; expected one of verified"):
        event_block(events.set_column(at, "status", strange), groups_of(events), country)


def test_a_document_without_events_is_as_it_was(own, model):
    plain = document_model(own)
    assert set(model) - set(plain) == {"eventTable"}
    changed = {name for name in plain if plain[name] != model[name]}
    assert changed <= {"groups", "events", "districtList"}
    assert model["groups"][: len(plain["groups"])] == plain["groups"]
    text = document_html(own)
    assert own.country.base_map is not None
    base = {"base": base_facts(own.country.base_map, own.country)}
    assert f'id="im-payload">{encode(plain | base)}</script>' in text
    assert 'id="im-events"' not in text


def as_located(events, model):
    """The events as the table that Views are put to."""
    labels = {one["key"]: f"{one['short']} {one['name']}" for one in model["groups"]}
    table = events.to_pandas()
    plain = table[["event", "attribution", "status", "precision", "district", "killed_basis"]]
    frame = plain.astype(object).assign(
        record=table["id"], kind="incident", approximate=False, earliest=table["earliest"],
        latest=table["latest"],
    )  # fmt: skip
    for name in ("killed_low", "killed_best", "killed_high"):
        frame[name] = table[name].astype("Int64")
    parties = [
        tuple(known) + (("unmatched",) if len(queue) else ())
        for known, queue in zip(table["groups"], table["unmatched"], strict=True)
    ]
    frame["groups"] = [keys or (UNNAMED,) for keys in parties]
    frame["against"] = [tuple(keys) for keys in table["against"]]
    frame["sources"] = [()] * len(frame)
    # Nobody reviews an imported event.
    frame["review"] = "unreviewed"
    frame["grades"] = [(("F", 6),)] * len(frame)
    frame["provinces"] = [(code,) if code else () for code in table["province"]]
    place = table["place_name"].astype(str).where(table["place_name"] != "", table["place_text"])
    words = table["event"].astype(str) + " " + table["subevent"].astype(str) + " " + place
    frame["search"] = [
        fold(" ".join([text, *(labels[key] for key in keys)]))
        for text, keys in zip(words, frame["groups"], strict=True)
    ]
    forms = FORMS
    stand = table["precision"].astype(str).map(forms)
    stand = stand.replace({"dot": "point", "disc": "point", "pin": "point", "none": "unknown"})
    frame["stand"] = stand.where(table["off"] == "", table["off"].astype(str))
    return frame


VIEWS = (
    EVERYTHING,
    View(first=date(2022, 1, 1), last=date(2022, 6, 14)),
    View(first=date(2022, 1, 1), last=date(2022, 6, 14), certain=True),
    View(last=date(2021, 12, 31), events=("Battles",)),
    View(off=("taliban",)),
    View(off=("nrf/incident/reported", "unmatched"), deaths=10),
    View(provinces=("AF-BAL", "AF-KDZ"), precisions=("province", "settlement")),
    View(kinds=("presence",)),
    View(grade="C"),
    View(grade="F", deaths="stated"),
    View(against=("civilians", "taliban")),
    View(text="mazar prot"),
    View(sources=("nobody",), off=(UNNAMED,)),
    View(mode="provinces"),
    View(reviews=("approved",)),
    View(reviews=("unreviewed", "withdrawn")),
)


@pytest.mark.slow
@pytest.mark.browser
def test_in_every_view_each_event_is_counted_once_and_as_the_program_counts(tab, model, events):
    asked = [
        {k: v for k, v in view.to_message().items() if k not in {"viewport", "chosen", "province"}}
        for view in VIEWS
    ]
    found = tab.page.evaluate(SEEN, asked)
    frame = as_located(events, model)
    for view, said in zip(VIEWS, found, strict=True):
        why = keep(view, frame).to_numpy()
        expected = pd.Series(np.where(why == "", frame["stand"], why)).value_counts().to_dict()
        assert said["parts"] == expected, view
        assert said["total"] == events.num_rows == sum(said["parts"].values())
        assert said["drawn"] == expected.get("point", 0) + expected.get("area", 0)
        # No event is drawn at a point unless its place is known; areas are counted on plates.
        is_tally = view.mode == "provinces"
        assert said["marks"] == (0 if is_tally else expected.get("point", 0)), view
        assert said["drawnStands"] in ([], [0])
        assert said["plates"] == (said["drawn"] if is_tally else expected.get("area", 0)), view
        assert said["country"] == expected.get("country", 0), view
    everything, without = found[0], found[VIEWS.index(View(off=("taliban",)))]
    assert everything["rows"]["taliban"] != without["rows"]["taliban"]
    assert everything["rows"]["nrf"] == without["rows"]["nrf"]
    assert everything["pixels"] != without["pixels"]
    assert everything["columns"]
    assert set(REASONS) - {reason for said in found for reason in said["parts"]} == {
        "attribution", "status",
    }  # fmt: skip
    assert not tab.errors
    assert not tab.abroad


def text_of(rows):
    """Of the first row: a row has no inner text before a frame has found it in view."""
    return rows.first.text_content()


@pytest.mark.browser
def test_events_in_view_are_listed_by_keys_and_hostile_words_stay_words(tab):
    page = tab.page
    page.locator('[data-key="events-in-view"]').focus()
    page.keyboard.press("Enter")
    items = page.locator(".im-event")
    assert items.count() == 100
    assert "fatalities" in text_of(items)
    assert "somewhere within" in text_of(items)
    dates = items.locator(".im-muted").filter(has_text="fatalities").all_text_contents()
    years = [int(re.findall(r"\b20\d\d", text)[0]) for text in dates]
    assert years == sorted(years, reverse=True)
    page.locator('[data-part="area"]').click()
    page.locator('[data-part="point"]').click()
    assert HOSTILE in text_of(page.locator(".im-event"))
    assert page.locator(".im-event img").count() == 0
    assert page.title() != "1"
    assert not tab.errors


@pytest.mark.slow
@pytest.mark.browser
def test_a_mark_lists_its_events_and_a_comparison_says_where_events_are(tab):
    page = tab.page
    page.evaluate(SEEN, [View(text="herat", precisions=("settlement",)).to_message()])
    x, y = page.evaluate(page_script("events_document.js", "firstEvent"))
    page.mouse.click(x, y)
    assert page.locator(".im-detail h2").inner_text().startswith("Event")
    assert "Herat" in text_of(page.locator(".im-event"))
    assert not page.get_by_text("Events are shown on map A only.").is_visible()
    page.evaluate(SEEN, [View(compare=(date(2022, 1, 1), date(2022, 6, 1))).to_message()])
    assert page.get_by_text("Events are shown on map A only.").is_visible()
    assert not tab.errors


@pytest.mark.browser
def test_rings_count_each_event_once_and_cover_one_another_nowhere(tab):
    sums = tab.page.evaluate(page_script("events_document.js", "ringSums"))
    for many, found in zip((5, 60, 400), sums, strict=True):
        assert found["counted"] == found["asked"]
        assert found["cells"] == list(range(many))
        assert found["least"] >= -2


SAID = page_script("events_document.js", "countsSeen")


@pytest.fixture(scope="module")
def everywhere(own, country, data_folder, tmp_path_factory):
    """A document of events in every province, known to no more than that."""
    several = [
        made.acled(event_id_cnty=f"{province.code}{at}", admin1=province.name, geo_precision="3",
                   location=province.name)
        for n, province in enumerate(country.provinces)
        for at in range(1 + n % 3)
    ]  # fmt: skip
    table = made.read_acled(country, data_folder, *several).events
    path = tmp_path_factory.mktemp("everywhere") / "map.html"
    text = document_html(own, events=table)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("mode", ["precise", "provinces"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_counts_of_events_without_room_are_said_and_found(page, everywhere, width, height, mode):
    tab = page(width=width, height=height)
    tab.page.goto(f"{everywhere.as_uri()}#mode={mode}")
    tab.page.wait_for_selector(".im-ledger-events strong")
    said = tab.page.evaluate(SAID)
    assert said["area"] >= 34
    if width > 1000:
        assert (said["plates"], said["note"]) == (said["area"], None)
        return
    without, words = said["note"]
    assert said["plates"] + without == said["area"]
    assert said["lines"] == 0
    assert re.fullmatch(rf"{without} events in \d+ provinces hidden; zoom in", words)
    tab.page.locator(".im-no-room button").click()
    assert tab.page.locator(".im-detail h2").inner_text() == "Hidden events"
    assert tab.page.locator(".im-detail .im-event").count() == without
    tab.page.keyboard.press("Escape")
    tab.page.evaluate("map_incidents.setZoom(8.5, { animate: false })")
    closer = tab.page.evaluate(SAID)
    assert (closer["plates"], closer["note"]) == (closer["area"], None)
    assert not tab.errors


@pytest.mark.browser
def test_where_no_event_is_in_view_the_nearest_is_said_with_its_distance(
    page, country, events, names, tmp_path
):
    file = tmp_path / "map.html"
    file.write_text(document_html(workspace(country), events=events, names=names), encoding="utf-8")
    tab = page()
    at = (34.2, 63.6)
    tab.page.goto(f"{file.as_uri()}#precisions=exact,settlement&at={at[0]},{at[1]},11")
    points = {(float(lat), float(lon)) for _, lat, lon in TOWNS.values()}
    least = min(Geod(ellps="WGS84").inv(at[1], at[0], lon, lat)[2] for lat, lon in points)
    nearest = tab.page.locator(".im-nearest")
    expect(nearest).to_have_text(re.compile(rf"^Nearest: \d+ events, {least / 1000:.0f} km west$"))
    count = int(nearest.inner_text().split()[1])
    nearest.locator("button").click()
    expect(nearest).to_be_empty()
    table = events.to_pandas()
    herat = table[(table["lat"].round(2) == 34.35) & table["uncertainty_m"].notna()]
    assert 0 < count <= len(herat)
