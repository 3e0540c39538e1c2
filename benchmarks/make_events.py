"""Fictitious event data in the form of real event data: the same seed gives the same bytes.

Places are the provinces, districts and towns of a country's folder, and most events are in a few of
them. Notes have several lines, quotes and commas; one or two rows in a hundred have an error that
an import must notice. None of the events happened.

    python -m benchmarks.make_events --rows 1000000 --out events.csv
    python -m benchmarks.make_events --rows 1000000 --format ucdp-ged --out ged.csv
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from geo.events.columns.formats import ACLED, UCDP
from geo.places.country import Country
from geo.places.provinces import Provinces

FIRST_DAY: Final = date(2017, 1, 1)
DAYS: Final = 3_280
"""Days over which the events are spread: almost nine years."""
ODD: Final = 0.015
"""Share of rows with an error: one or two in a hundred."""
NOBODY: Final = 0.5
"""Share of events with no fatalities."""
AT_ONCE: Final = 100_000
"""Rows that are made and written at once, which bounds the memory."""
ACTORS: Final = (
    ("Taliban", 0.52), ("Islamic State Khorasan Province (ISKP)", 0.09),
    ("Unidentified Armed Group (Afghanistan)", 0.11), ("NRF: National Resistance Front", 0.06),
    ("AFF: Afghanistan Freedom Front", 0.03), ("HQN: Haqqani Network", 0.01),
    ("TTP: Tehreek-i-Taliban Pakistan", 0.02), ("Al Qaeda", 0.01), ("Taliban - Red Unit", 0.01),
    ("Taliban and/or Islamic State Khorasan Province (ISKP)", 0.02),
    ("Military Forces of Afghanistan (2014-)", 0.08),
    ("Police Forces of Afghanistan (2014-)", 0.04),
)  # fmt: skip
_INTER: Final = (
    ("State forces", "Rebel group", "Political militia", "Identity militia", "Civilians"),
    ("State Forces", "Rebel Groups", "Political Militias", "Identity Militias", "Civilians"),
    ("1", "2", "3", "4", "7"),
)
_KINDS: Final = (
    ("Battles", "Armed clash"), ("Battles", "Non-state actor overtakes territory"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("Violence against civilians", "Attack"),
    ("Violence against civilians", "Abduction/forced disappearance"),
    ("Strategic developments", "Arrests"), ("Protests", "Peaceful protest"),
)  # fmt: skip
_DONE: Final = (
    "attacked a checkpoint", "clashed with a patrol", "fired rockets at a compound",
    "detained several men", "detonated an IED\nnear the bazaar", "shot at a convoy",
    'said that it "took" a post', "ambushed a vehicle, then withdrew",
)  # fmt: skip
_AFTER: Final = (
    "Casualties are not known.", "At least two were wounded, says a local source.",
    "No group has said that it did it.\nThe authorities deny it.", "A spokesman confirmed it.",
    ("Reports differ on how many were there, and on who began. Residents left for the day and came "
     "back in the evening, according to the same source."),
)  # fmt: skip
_SOURCES: Final = ("Pajhwok", "Hasht e Subh", "Amu TV", "Afghanistan International", "Khaama",
                   "Undisclosed Source; Amu TV", "NRF", "Ariana News")  # fmt: skip

Rows = dict[str, Any]


class Maker:
    """Draws rows from one stream of random numbers."""

    def __init__(self, country: Country, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.provinces = country.provinces
        towns = [place for place in country.gazetteer if place.kind == "settlement" and place.lat]
        self.random.shuffle(towns)
        names = {one.id: one.name for one in country.districts.values()}
        provinces: Provinces = country.provinces
        self.admin1 = np.array([provinces[town.provinces[0]].name for town in towns])
        self.admin2 = np.array([names.get(town.district or "", "") for town in towns])
        self.town = np.array([town.name for town in towns])
        self.lat = np.array([town.lat for town in towns], dtype=float)
        self.lon = np.array([town.lon for town in towns], dtype=float)
        weight = 1 / np.arange(1, len(towns) + 1) ** 0.8
        self.weight = weight / weight.sum()

    def pick(self, rows: int, choices: Sequence[str], weights: Sequence[float] = ()) -> Any:
        """Random choices from some texts."""
        share = np.array(weights) / sum(weights) if weights else None
        drawn = self.random.choice(len(choices), rows, p=share)
        return np.array(list(choices), dtype=object)[drawn]

    def places(self, rows: int) -> tuple[NDArray[np.int64], Any, Any]:
        """Towns, a few of them often, with a point in or near each."""
        town = self.random.choice(self.town.size, rows, p=self.weight)
        # Villages around a town: a few dozen for each, always the same ones.
        village = self.random.integers(0, 40, rows)
        east, north = np.modf(village * 0.618)[0] - 0.5, np.modf(village * 0.414)[0] - 0.5
        lat = np.round(self.lat[town] + np.where(village % 3, north * 0.1, 0), 4)
        lon = np.round(self.lon[town] + np.where(village % 3, east * 0.1, 0), 4)
        return town, lat, lon

    def notes(self, rows: int, actors: Any, towns: Any, days: Any) -> Any:
        """Sentences of varying length, a third of them with a line break."""
        done, after = self.pick(rows, _DONE), self.pick(rows, _AFTER)
        head = "On " + days.astype(object) + ", " + actors + " " + done
        return head + " in " + towns.astype(object) + ". " + after

    def acled(self, rows: int, start: int) -> Rows:
        """Rows in the columns of ACLED."""
        town, lat, lon = self.places(rows)
        day = np.sort(self.random.integers(0, DAYS, rows))
        dates = np.array([(FIRST_DAY + timedelta(n)).isoformat() for n in range(DAYS)])[day]
        one, two = (self.pick(rows, *zip(*ACTORS, strict=True)) for _ in range(2))
        kind = self.random.integers(0, len(_KINDS), rows)
        event, sub = np.array(_KINDS, dtype=object)[kind].T
        civil = event == "Violence against civilians"
        spelling = self.random.integers(0, 3, rows)
        role, other = self.random.integers(0, 4, rows), self.random.integers(0, 4, rows)
        inter = np.array(_INTER, dtype=object)
        found: Rows = dict.fromkeys(ACLED, "")
        found |= {
            "event_id_cnty": np.char.add("AFG", np.arange(start, start + rows).astype(str)),
            "event_date": dates, "year": dates.astype("U4"),
            "time_precision": self.pick(rows, "123", (0.9, 0.07, 0.03)),
            "disorder_type": np.where(event == "Protests", "Demonstrations", "Political violence"),
            "event_type": event, "sub_event_type": sub, "actor1": one,
            "inter1": inter[spelling, role],
            "actor2": np.where(civil, "Civilians (Afghanistan)", two),
            "inter2": np.where(civil, inter[spelling, 4], inter[spelling, other]),
            "civilian_targeting": np.where(civil, "Civilian targeting", ""), "iso": "4",
            "region": "Caucasus and Central Asia", "country": "Afghanistan",
            "admin1": self.admin1[town], "admin2": self.admin2[town], "location": self.town[town],
            "latitude": lat.astype(str), "longitude": lon.astype(str),
            "geo_precision": self.pick(rows, "123", (0.62, 0.27, 0.11)),
            "source": self.pick(rows, _SOURCES),
            "source_scale": self.pick(rows, ("National", "Local")),
            "notes": self.notes(rows, one, self.town[town], dates),
            "fatalities": self.random.geometric(0.45, rows).astype(str),
            "timestamp": (1_500_000_000 + day * 86_400).astype(str),
        }  # fmt: skip
        found["fatalities"] = np.where(self.random.random(rows) < NOBODY, "0", found["fatalities"])
        return self.odd(rows, found, _ODD_ACLED)

    def ucdp(self, rows: int, start: int) -> Rows:
        """Rows in the columns of UCDP GED."""
        town, lat, lon = self.places(rows)
        day = np.sort(self.random.integers(0, DAYS, rows))
        dates = np.array([f"{FIRST_DAY + timedelta(n)} 00:00:00.000" for n in range(DAYS)])[day]
        side = self.pick(rows, ("IS", "NRF", "Civilians"))
        best = self.random.geometric(0.3, rows)
        found: Rows = dict.fromkeys(UCDP, "")
        found |= {
            "id": np.arange(start, start + rows).astype(str), "year": dates.astype("U4"),
            "type_of_violence": np.where(side == "Civilians", "3", "1"),
            "side_a": self.pick(rows, ("Government of Afghanistan", "Taleban")), "side_b": side,
            "number_of_sources": "-1", "source_office": self.pick(rows, _SOURCES),
            "source_headline": self.notes(rows, side, self.town[town], dates),
            "where_prec": self.pick(rows, "123456", (0.4, 0.2, 0.2, 0.14, 0.04, 0.02)),
            "where_coordinates": self.town[town], "where_description": self.town[town],
            "adm_1": np.char.add(self.admin1[town], " province"),
            "adm_2": np.char.add(self.admin2[town], " district"),
            "latitude": lat.astype(str), "longitude": lon.astype(str), "country": "Afghanistan",
            "country_id": "700", "region": "Asia", "event_clarity": self.pick(rows, "12"),
            "date_prec": "1", "date_start": dates, "date_end": dates, "deaths_a": "0",
            "deaths_b": "0", "deaths_civilians": "0", "deaths_unknown": best.astype(str),
            "best": best.astype(str), "low": (best // 2).astype(str),
            "high": (best * 2).astype(str),
        }  # fmt: skip
        return self.odd(rows, found, _ODD_UCDP)

    def odd(self, rows: int, found: Rows, oddities: Sequence[tuple[str, str]]) -> Rows:
        """Put an error into one or two rows in a hundred."""
        for column, value in oddities:
            hit = self.random.random(rows) < ODD / len(oddities)
            found[column] = np.where(hit, value, found[column])
        return found


_ODD_ACLED: Final = (
    ("event_date", "31 February 2022"), ("admin1", "Kandahar"), ("admin1", "Zabol Province"),
    ("latitude", "64.1"), ("geo_precision", "9"), ("fatalities", "-3"), ("fatalities", ""),
    ("actor1", "Some Front Nobody Knows"), ("country", "Pakistan"), ("location", "Nowhere Kalay"),
    ("latitude", ""), ("longitude", "east"),
)  # fmt: skip
_ODD_UCDP: Final = (
    ("where_prec", "7"), ("adm_1", "Kandahar province"), ("date_start", "2031-01-01"),
    ("low", "999999"), ("best", "many"), ("country", "Pakistan"), ("side_b", "A new front"),
)  # fmt: skip


def write_events(file: Path, country: Country, rows: int, seed: int, form: str = "acled") -> None:
    """Write a file of fictitious rows, a hundred thousand at a time."""
    maker = Maker(country, seed)
    names = ACLED if form == "acled" else UCDP
    make: Callable[[int, int], Rows] = maker.acled if form == "acled" else maker.ucdp
    schema = pa.schema([(name, pa.string()) for name in names])
    with pcsv.CSVWriter(file, schema) as writer:
        for start in range(0, rows, AT_ONCE):
            size = min(AT_ONCE, rows - start)
            made = make(size, start + 1)
            columns = [_column(made[name], size) for name in names]
            writer.write_table(pa.table(columns, schema=schema))


def _column(values: Any, rows: int) -> Any:
    return pa.repeat(values, rows) if isinstance(values, str) else pa.array(values, pa.string())


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description="Write made-up event data.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=("acled", "ucdp-ged"), default="acled")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / "data")
    given = parser.parse_args()
    write_events(given.out, Country.read(given.data), given.rows, given.seed, given.format)


if __name__ == "__main__":
    main()
