"""No record known only to an area has anything that could be read as its location."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dossiers import incident, workspace

from geo.places.country import Country
from geo.places.locations import locate
from geo.table.workspace import Workspace
from geo.webmap.model import document_model
from geo.wording.symbology import FORMS
from geo.wording.vocabulary import PRECISIONS
from geo.workspace import data_folder, open_workspace

POINTS = {"exact", "settlement", "near"}
OWN = open_workspace(data_folder())
AT = {"lat": 35.3, "lon": 69.5}
KINDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "exact": (
        {"place": "a crossroads", "means": "Panjshir", **AT, "uncertainty_m": 50,
         "basis": "geolocated_imagery"}, "exact", "pin",
    ),
    "settlement": ({"place": "Bazarak"}, "settlement", "dot"),
    "near": ({"place": "near Bazarak", "means": "Bazarak", "near_m": 5000}, "near", "disc"),
    "district": ({"place": "Khenj district"}, "district", "area"),
    "province": ({"place": "Panjshir"}, "province", "area"),
    "region": ({"place": "the north"}, "region", "region"),
    "country": ({"place": "Afghanistan"}, "country", "none"),
    "outside": ({"place": "Los Angeles"}, "unknown", "none"),
    "unknown": ({"place": "Nowhere at all"}, "unknown", "none"),
}  # fmt: skip


def drawn(found: Workspace) -> list[dict[str, Any]]:
    model = document_model(found)
    json.dumps(model, allow_nan=False)
    return [
        place | {"record": record["id"], "form": FORMS[PRECISIONS[place["precision"]].key]}
        for record in model["records"]
        for place in record["places"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_precision_is_drawn_as_what_it_is(country: Country, kind: str) -> None:
    where, precision, form = KINDS[kind]
    (place,) = drawn(workspace(country, incident(where=[where])))
    assert PRECISIONS[place["precision"]].key == precision
    assert place["form"] == form
    assert (place["lat"] is not None) == (precision in POINTS)
    assert (place["lon"] is not None) == (precision in POINTS)
    assert bool(place["off"]) == (form == "none")


@pytest.mark.parametrize("record", [record.id for record in OWN.reading.dossier.records])
def test_no_record_of_an_area_carries_a_point(record: str) -> None:
    table = OWN.located.table
    for row in table[table["record"] == record].to_dict("records"):
        is_point = row["precision"] in POINTS
        assert (row["lat"] == row["lat"]) is is_point, row["place_text"]
        shape = row["geometry"]
        kind = shape.geom_type if shape is not None else None
        assert kind in ({"Point"} if is_point else {"Polygon", "MultiPolygon", None})
        assert (kind is None) == bool(row["off"])


def test_the_same_input_gives_the_same_coordinates(country: Country) -> None:
    where = [KINDS[kind][0] for kind in KINDS]
    first = drawn(workspace(country, incident(where=where)))
    again = drawn(workspace(country, incident(where=where), title="Another title"))
    assert first == again


def test_the_sentence_says_that_the_position_is_not_known(country: Country) -> None:
    found = workspace(country, incident(where=[{"place": "Panjshir"}]))
    model = document_model(found)
    said = model["records"][0]["sentence"]
    assert "somewhere in Panjshir province (the position is not known)" in said


def test_a_point_beyond_the_border_is_flagged_and_beyond_two_kilometres_not_drawn(
    country: Country,
) -> None:
    panjshir = country.provinces["AF-PAN"].outline
    south = panjshir.bounds[1]
    lon = min(panjshir.exterior.coords, key=lambda xy: xy[1])[0]
    for metres, kept in ((500, True), (5_000, False)):
        where = {
            "place": "a village", "means": "Panjshir", "lat": round(south - metres / 111_000, 5),
            "lon": lon, "basis": "source_coordinates",
        }  # fmt: skip
        found = workspace(country, incident(where=[where]))
        (place,) = drawn(found)
        assert (place["lat"] is not None) is kept
        assert [problem.severity for problem in found.problems] == ["warning" if kept else "error"]


def test_an_inferred_province_says_so_and_nothing_finer(country: Country) -> None:
    shaba = locate("Shaba base", country)
    assert (shaba.status, shaba.precision, shaba.provinces) == ("inferred", "province", ("AF-PAN",))
    assert shaba.lat is None
    assert "infer" in shaba.note
