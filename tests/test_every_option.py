"""Every option of every command changes what comes out, or is refused with what to do instead.

The options are read from the program itself: a new one fails here until it has a row in a table.
Those of a View are held by test_options_honoured.py, command by command.
"""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import events as made
import openpyxl
import own_maps
import pptx
import pytest
import typer
from dossiers import SOURCE, copy_of_data, dossier_bytes, incident, presence
from geonames import dump, line
from PIL import Image
from test_options_honoured import OPTIONS as OF_A_VIEW
from test_options_honoured import REFUSED as WITH_A_VIEW
from typer.testing import CliRunner

from geo.cli import events as cli_import
from geo.cli import merge as cli_merge
from geo.cli import serve as cli_serve
from geo.cli.main import app
from geo.cli.view_options import FilterOptions
from geo.errors import IntakeError
from geo.events.columns.formats import ACLED
from geo.series.series_recipe import SeriesRecipe
from geo.snapshot.content.frame import CLOSEST_ON_MAP
from geo.snapshot.content.recipe import Recipe
from geo.workbook.writing import workbook_of

FIGURE = "--size web --as-of 2026-11-21"
ONE_SVG = f"d.yaml --out s.svg {FIGURE}"
MANY_SVG = f"list.csv d.yaml --out many/ --format svg {FIGURE}"
BASES = {
    "": "",
    "import": "in.csv --out e.parquet",
    "export": "events.parquet --to csv --out o.csv",
    "import-workbook": "edited.xlsx d.yaml",
    "snapshot": f"d.yaml --out s.html {FIGURE}",
    "snapshots": f"list.csv d.yaml --out many/ --format html {FIGURE}",
    "series": f"d.yaml --by year --out s.svg {FIGURE}",
    "validate": "faulty.yaml",
    "locate": "Kabul",
    "records": "d.yaml",
    "read": "report.txt",
    "counts": "d.yaml",
    "check": "at-least:1",
    "verify": "figure.png --dossier d.yaml",
    "refresh": "figure.png --dossier d2.yaml --out new.png",
    "map": "d.yaml --out m.html",
    "scan": "whole.html d.yaml",
    "diff": "d.yaml d2.yaml",
    "changes": "d.yaml",
    "history": "d.yaml",
    "approve": "an-attack d.yaml --by Ana",
    "merge": "d.yaml left.yaml right.yaml",
    "serve": "",
    "country new": "one.geojson --out new",
    "gazetteer add": "dump.txt --data copy",
    "evidence add": "release.txt --dossier d.yaml",
    "evidence verify": "cited.yaml",
}
"""Each command as it is run without the option that is tried."""
DATES = "dates.csv --out e.parquet --map date=day,lat=lat,lon=lon"
EVENTS = "d.yaml --out s.svg --size web --event-table events.parquet"
MANY_EVENTS = "list.csv d.yaml --out many/ --format svg --event-table events.parquet"
APPROVAL = {"by": "B", "at": "2026-05-03T14:05:00Z", "digest": "0" * 64}
MADE: dict[tuple[str, str], str | tuple[str, str]] = {
    ("", "--version"): "--version",
    ("", "--debug"): "--debug validate d.yaml",
    ("import", "--out"): "--out other.parquet",
    ("import", "--map"): "--map date=event_date,lat=latitude,lon=longitude",
    ("import", "--date-order"): (f"{DATES} --date-order day-first", "--date-order month-first"),
    ("import", "--calendar"): (
        "hijri.csv --out e.parquet --map date=day", "--calendar solar-hijri"
    ),
    ("import", "--scheduler"): ("in.csv --out parts", "--scheduler tcp://127.0.0.1:9"),
    ("import", "--sheet"): (f"{DATES.replace('dates.csv', 'book.xlsx')}", "--sheet Second"),
    ("import", "--data"): "--data made-up",
    ("export", "--to"): "--to ucdp-ged",
    ("export", "--out"): "--out other.csv",
    ("export", "--hxl"): "--hxl",
    ("export", "--data"): "--data made-up",
    ("snapshot", "--each"): (f"d.yaml --out many/ --format html {FIGURE}", "--each group"),
    ("snapshot", "--data"): "--data made-up",
    ("snapshot", "--base-map"): "--base-map own.pmtiles",
    ("snapshot", "--out"): "--out t.svg",
    ("snapshot", "--format"): (f"d.yaml --out many/ --format html {FIGURE}", "--format svg"),
    ("snapshot", "--dpi"): (f"d.yaml --out s.png {FIGURE}", "--dpi 50"),
    ("snapshot", "--as-picture"): (f"d.yaml --out s.pptx {FIGURE}", "--as-picture"),
    ("snapshot", "--view"): "--view view.json",
    ("snapshot", "--recipe"): "--recipe fresh.recipe.json",
    ("snapshot", "--current-data"): (
        "d.yaml --out s.html --recipe stale.recipe.json", "--current-data"
    ),
    ("snapshot", "--size"): "--size half-slide",
    ("snapshot", "--variant"): "--variant grey",
    ("snapshot", "--title"): "--title Another",
    ("snapshot", "--note"): "--note Ours.",
    ("snapshot", "--editorial"): (ONE_SVG, "--editorial editorial.yaml"),
    ("snapshot", "--subtitle"): (ONE_SVG, "--subtitle Ours"),
    ("snapshot", "--source-line"): (ONE_SVG, "--source-line Ours"),
    ("snapshot", "--marking"): (ONE_SVG, "--marking TLP:AMBER"),
    ("snapshot", "--logo"): (ONE_SVG, "--logo logo.png"),
    ("snapshot", "--as-of"): "--as-of 2026-11-22",
    ("snapshot", "--event-table"): (
        "d.yaml --out s.svg --size web", "--event-table events.parquet"
    ),
    ("snapshot", "--events-as"): (EVENTS, "--events-as provinces"),
    ("snapshot", "--events-accessed"): (EVENTS, "--events-accessed 2026-11-01"),
    ("snapshot", "--events-credit"): (EVENTS, "--events-credit Ours"),
    ("snapshots", "--event-table"): (
        "list.csv d.yaml --out many/ --format svg", "--event-table events.parquet"
    ),
    ("snapshots", "--events-as"): (MANY_EVENTS, "--events-as provinces"),
    ("snapshots", "--events-accessed"): (MANY_EVENTS, "--events-accessed 2026-11-01"),
    ("snapshots", "--events-credit"): (MANY_EVENTS, "--events-credit Ours"),
    ("snapshot", "--chart-by"): (f"d.yaml --out s.svg {FIGURE}", "--chart-by year"),
    ("snapshot", "--chart-side"): (
        f"d.yaml --out s.svg {FIGURE} --chart-by year", "--chart-side beside"
    ),
    ("snapshots", "--each"): (f"d.yaml --out many/ --format html {FIGURE}", "--each group"),
    ("snapshots", "--data"): "--data made-up",
    ("snapshots", "--base-map"): "--base-map own.pmtiles",
    ("snapshots", "--out"): "--out others/",
    ("snapshots", "--format"): "--format svg",
    ("snapshots", "--dpi"): (f"list.csv d.yaml --out many/ {FIGURE}", "--dpi 50"),
    ("snapshots", "--as-picture"): (
        f"list.csv d.yaml --out many/ --format pptx {FIGURE}", "--as-picture"
    ),
    ("snapshots", "--size"): "--size half-slide",
    ("snapshots", "--variant"): "--variant grey",
    ("snapshots", "--title"): "--title Another",
    ("snapshots", "--note"): "--note Ours.",
    ("snapshots", "--editorial"): (MANY_SVG, "--editorial editorial.yaml"),
    ("snapshots", "--subtitle"): (MANY_SVG, "--subtitle Ours"),
    ("snapshots", "--source-line"): (MANY_SVG, "--source-line Ours"),
    ("snapshots", "--marking"): (MANY_SVG, "--marking TLP:AMBER"),
    ("snapshots", "--logo"): (MANY_SVG, "--logo logo.png"),
    ("snapshots", "--as-of"): "--as-of 2026-11-22",
    ("snapshots", "--chart-by"): (
        f"list.csv d.yaml --out many/ --format svg {FIGURE}", "--chart-by year"
    ),
    ("snapshots", "--chart-side"): (
        f"list.csv d.yaml --out many/ --format svg {FIGURE} --chart-by year",
        "--chart-side beside",
    ),
    ("series", "--as"): (
        f"d.yaml --out s.pdf --from 2022 --to 2022 --by year {FIGURE}", "--as atlas"
    ),
    ("series", "--by"): "--by group",
    ("series", "--then"): "--then group",
    ("series", "--skip-empty"): (
        f"d.yaml --by quarter --from 2021 --to 2022 --out s.svg {FIGURE}", "--skip-empty"
    ),
    ("series", "--seconds"): (
        f"d.yaml --as time-lapse --by year --out s.gif {FIGURE}", "--seconds 3"
    ),
    ("series", "--data"): "--data made-up",
    ("series", "--base-map"): (
        f"d.yaml --as atlas --by year --out s.pdf {FIGURE}", "--base-map own.pmtiles"
    ),
    ("series", "--out"): "--out t.svg",
    ("series", "--format"): (f"d.yaml --by year --out many/ {FIGURE}", "--format svg"),
    ("series", "--dpi"): (f"d.yaml --by year --out s.png {FIGURE}", "--dpi 50"),
    ("series", "--recipe"): "--recipe kept.series.json",
    ("series", "--current-data"): (
        "d.yaml --out s.svg --recipe stale.series.json", "--current-data"
    ),
    ("series", "--size"): "--size a4-portrait",
    ("series", "--variant"): "--variant grey",
    ("series", "--title"): "--title Another",
    ("series", "--note"): "--note Ours.",
    ("series", "--chart-by"): (
        f"d.yaml --as atlas --by group --out s.pdf {FIGURE}", "--chart-by year"
    ),
    ("series", "--chart-side"): (
        "d.yaml --as atlas --by group --out s.pdf --size slide --chart-by status",
        "--chart-side beside",
    ),
    ("series", "--as-of"): "--as-of 2026-11-22",
    ("series", "--only-shown"): ("d.yaml --by year --out s.svg --groups nrf", "--only-shown"),
    ("series", "--profile"): "--profile public",
    ("validate", "--data"): ("d.yaml", "--data made-up"),
    ("validate", "--all"): "--all",
    ("validate", "--drafts"): ("drafted.yaml", "--drafts"),
    ("validate", "--evidence"): ("cited.yaml", "--evidence"),
    ("evidence add", "--source"): ("release.txt --dossier cited.yaml --by Ana", "--source report"),
    ("evidence add", "--dossier"): (
        "release.txt --dossier d.yaml --source report --by Ana", "--dossier left.yaml"
    ),
    ("evidence add", "--evidence"): "--evidence vault",
    ("evidence add", "--by"): (
        "release.txt --dossier d.yaml --source report --by Ana", "--by Ben"
    ),
    ("evidence add", "--data"): ("release.txt --data copy", "--data another"),
    ("evidence verify", "--evidence"): "--evidence vault",
    ("evidence verify", "--format"): "--format json",
    ("evidence verify", "--data"): ("--data made-up", "--data cited"),
    ("locate", "--kind"): "--kind settlement",
    ("locate", "--within"): "--within Panjsher",
    ("locate", "--format"): "--format json",
    ("locate", "--data"): "--data made-up",
    ("records", "--format"): "--format json",
    ("records", "--data"): "--data made-up",
    ("read", "--published"): "--published 2022-05-24",
    ("read", "--text"): "--text",
    ("read", "--format"): "--format json",
    ("read", "--data"): "--data made-up",
    ("map", "--out"): "--out n.html",
    ("map", "--as-of"): "--as-of 2024-01-01",
    ("map", "--title"): "--title Another",
    ("map", "--event-table"): "--event-table events.parquet",
    ("map", "--embed-in"): "--embed-in https://www.example.org",
    ("map", "--data"): "--data made-up",
    ("map", "--base-map"): "--base-map own.pmtiles",
    ("diff", "--format"): "--format json",
    ("map", "--since"): "--since 7d",
    ("map", "--views"): "--views views.yaml",
    ("map", "--only-shown"): ("d.yaml --out m.html --groups nrf", "--only-shown"),
    ("map", "--profile"): "--profile public",
    ("snapshot", "--only-shown"): ("d.yaml --out s.svg --groups nrf", "--only-shown"),
    ("snapshot", "--profile"): "--profile public",
    ("snapshots", "--only-shown"): ("list.csv d.yaml --out many/ --format svg", "--only-shown"),
    ("snapshots", "--profile"): "--profile public",
    ("scan", "--profile"): ("whole.html approved.yaml", "--profile public"),
    ("scan", "--data"): ("whole.html --profile public", "--data made-up"),
    ("scan", "--view"): "--view view.json",
    ("counts", "--by"): "--by province",
    ("counts", "--format"): "--format csv",
    ("counts", "--chart"): "--chart c.svg",
    ("counts", "--event-table"): "--event-table events.parquet",
    ("counts", "--data"): ("", "--data made-up"),
    ("check", "--dossier"): "--dossier d.yaml",
    ("check", "--format"): "--format json",
    ("check", "--event-table"): "--event-table events.parquet",
    ("check", "--data"): "--data made-up",
    ("verify", "--dossier"): ("figure.png", "--dossier d.yaml"),
    ("verify", "--format"): "--format json",
    ("verify", "--event-table"): (
        "eventful.png --dossier d.yaml", "--event-table events.parquet"
    ),
    ("verify", "--data"): "--data made-up",
    ("refresh", "--out"): "--out other.png",
    ("refresh", "--in-place"): ("figure.png --dossier d2.yaml", "--in-place"),
    ("refresh", "--over-edits"): (
        "edited.pptx --dossier d2.yaml --out edited-new.pptx", "--over-edits"
    ),
    ("refresh", "--dossier"): ("figure.png --out new.png", "--dossier d2.yaml"),
    ("refresh", "--event-table"): (
        "eventful.png --dossier d2.yaml --out new.png", "--event-table events.parquet"
    ),
    ("refresh", "--data"): ("figure.png --out new.png", "--data made-up"),
    ("changes", "--since"): "--since 7d",
    ("changes", "--format"): "--format json",
    ("changes", "--data"): ("", "--data made-up"),
    ("history", "--format"): "--format json",
    ("import-workbook", "--apply"): "--apply --by A",
    ("import-workbook", "--by"): ("edited.xlsx d.yaml --apply", "--by A"),
    ("approve", "--by"): ("an-attack d.yaml", "--by Ben"),
    ("approve", "--take-back"): ("an-attack approved.yaml --by Ana", "--take-back"),
    ("approve", "--why"): "--why Read.",
    ("approve", "--data"): ("bridge-blown-up --by Ana", "--data made-up"),
    ("merge", "--out"): "--out merged.yaml",
    ("merge", "--git"): ("d.yaml mine.yaml right.yaml", "--git"),
    ("merge", "--install"): ("", "--install"),
    ("diff", "--data"): ("d.yaml d3.yaml", "--data made-up"),
    ("serve", "--port"): "--port {port}",
    ("serve", "--data"): "--data made-up",
    ("serve", "--base-map"): "--base-map own.pmtiles",
    ("serve", "--browser"): "--no-browser",
    ("serve", "--event-table"): "--event-table events.parquet",
    ("serve", "--read-only"): "--read-only",
    ("country new", "--out"): "--out newer",
    ("country new", "--districts"): "--districts two.geojson",
    ("country new", "--country"): "--country Myanmar",
    ("country new", "--credit"): "--credit Ours",
    ("gazetteer add", "--data"): "--data another",
}  # fmt: skip
"""For each option words that change what its command makes; with a base of their own if needed."""
REFUSED = [
    # What names nothing, or nothing that there is.
    ("records d.yaml --groups ,", "--groups", "remove the option"),
    ("records d.yaml --provinces ,,", "--provinces", "remove the option"),
    ("records d.yaml --text ...", "--text", "remove the option"),
    (f"records d.yaml --text {'word' * 60}", "--text", "at most 200"),
    ("records d.yaml --text a\tb", "--text", "remove it"),
    (f"records d.yaml --districts {'AF0101,' * 20_001}", "--districts", "at most 20,000"),
    ("records d.yaml --from 2024 --to 2021", "--from", "swap them"),
    ("records d.yaml --from ../2021", "--from", "remove the option"),
    ("records d.yaml --to 2021/..", "--to", "remove the option"),
    ("records d.yaml --from 2022~", "--from", "give plain dates"),
    ("records d.yaml --to 2022?", "--to", "give plain dates"),
    ("read report.txt report.txt --text", "--text", "give one file"),
    ("read report.txt --published soon", "--published", "%Y-%m-%d"),
    ("check more:all;than:all d.yaml", "STATEMENT", "give one statement"),
    ("check figure.png --groups nrf", "filters", "for statements"),
    ("check at-least:x", "at-least", "whole number"),
    ("counts d.yaml --by week", "--by", "expected any of"),
    ("counts d.yaml --chart c.gif", "--chart", "has to end in"),
    ("snapshot d.yaml --out s.svg --chart-by week", "--chart-by", "expected any of"),
    ("snapshot d.yaml --out s.svg --chart-side beside", "--chart-side", "add --chart-by"),
    ("refresh figure.png --dossier d2.yaml", "--out", "--in-place"),
    ("locate Kabul --kind town", "--kind", "'settlement'"),
    ("locate Kabul --within Atlantis", "--within", "is not a province"),
    # Where no map looks.
    ("snapshot d.yaml --out s.html --at 10,20,8", "--at", "give a point inside it"),
    ("snapshot d.yaml --out s.html --at 34,66,1", "--at", "give one from 5.25"),
    ("snapshot d.yaml --out s.html --at 34.5,69.2,15", "--at", "to 10"),
    ("snapshot d.yaml --out s.html --view far.json", "--at", "give a point inside it"),
    ("snapshot d.yaml --out many/ --each province --at 34.5,69.2,8", "--at", "--each province"),
    ("snapshots d.yaml --out many/ --each month --at 10,20,8", "--at", "give a point inside it"),
    ("snapshots far.csv d.yaml --out many/", "far.csv row 2, at", "give a point inside it"),
    ("snapshots list.csv d.yaml --out many/ --at 10,20,8", "at", "give a point inside it"),
    ("map d.yaml --out m.html --at 10,20,8", "--at", "give a point inside it"),
    ("map d.yaml --out m.html --at 34,66,2", "--at", "to 12"),
    ("map d.yaml --out m.html --at 34.5,69.2,13", "--at", "to 12"),
    ("snapshot d.yaml --out many/ --format ,", "--format", "names no format"),
    # What a file has no use for.
    ("snapshot d.yaml --out s.svg --events-as rings", "--events-as", "needs --event-table"),
    ("snapshot d.yaml --out s.svg --events-credit X", "--events-credit", "needs --event-table"),
    ("snapshot d.yaml --out s.html --event-table events.parquet", "--event-table", "map"),
    ("import events.parquet --out o.parquet --map lat=Y", "--map", "leave out"),
    ("import events.parquet --out o.parquet --date-order day-first", "--date-order", "leave out"),
    ("import events.parquet --out o.parquet --calendar solar-hijri", "--calendar", "leave out"),
    ("import events.parquet --out o.parquet --sheet One", "--sheet", "leave out"),
    ("import ours.csv --out o.parquet --date-order day-first", "--date-order", "leave out"),
    ("import ours.csv --out o.parquet --calendar gregorian", "--calendar", "leave out"),
    ("import in.csv --out o.parquet --map precision:1=near", "--map", "read as ACLED"),
    ("import dates.csv --out o.parquet --map date=day,precision:x=near", "--map", "precision="),
    ("import in.csv --out o.parquet --map=", "--map", "lat=Y"),
    ("import in.csv --out o.parquet --sheet One", "--sheet", "leave out --sheet"),
    ("import in.csv --out parts --sheet One", "--sheet", "give --out parts.parquet"),
    ("import in.csv --out o.parquet --scheduler tcp://x:1", "--scheduler", "needs a folder"),
    ("import in.csv --out parts --scheduler nonsense", "--scheduler", "tcp://10.0.0.5:8786"),
    ("export events.parquet --to geojson --out o.geojson --hxl", "--hxl", "remove it"),
    ("export events.parquet --to geoparquet --out o.parquet --hxl", "--hxl", "remove it"),
    ("export events.parquet --to xlsx --out o.xlsx --hxl", "--hxl", "remove it"),
    ("export events.parquet --to kml --out o.kml --hxl", "--hxl", "remove it"),
    ("export events.parquet --to kmz --out o.kmz --hxl", "--hxl", "remove it"),
    ("map d.yaml --out m.html --since soon", "--since", "a number of days such as 7d"),
    ("map d.yaml --out m.html --since 2999", "--since", "a number of days such as 7d"),
    ("map d.yaml --out m.html --views nowhere", "--views", "cannot be read"),
    ("changes d.yaml --since 2999-01-01", "--since", "still to come"),
    ("merge d.yaml left.yaml", "BASE OURS THEIRS", "give three files"),
    ("merge d.yaml left.yaml right.yaml --git --out x.yaml", "--out", "one of the two"),
    ("merge d.yaml left.yaml right.yaml --out left.yaml", "--out", "also read here"),
    ("merge d.yaml left.yaml --install", "--install", "takes no files"),
    ("merge d.yaml left.yaml nowhere.yaml", "nowhere.yaml", "cannot be read"),
    ("import-workbook edited.xlsx d.yaml --apply", "--by", "give your name"),
    ("import-workbook edited.xlsx d.yaml --by A", "--by", "without --apply"),
    ("export d.yaml --to workbook --out o.xlsx --data made-up", "--data", "remove it"),
    ("export d.yaml --to workbook --out o.xlsx --hxl", "--hxl", "remove it"),
    ("serve --port {used}", "--port", "give another"),
    ("serve --data nowhere", "nowhere", "there is no such file"),
]


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str]]:
    """Each option of the program: its command, the option, and the name of its parameter."""
    for one in command.params:
        if one.param_type_name == "option" and one.name != "help":
            yield " ".join(path), one.opts[0], one.name
    for name, below in getattr(command, "commands", {}).items():
        yield from walk(below, (*path, name))


def test_every_option_of_the_program_is_tried() -> None:
    of_a_view = {one.name for one in fields(FilterOptions)}
    options = list(walk(typer.main.get_command(app)))
    own = {
        (command, option)
        for command, option, name in options
        if name not in of_a_view or command not in WITH_A_VIEW
    }
    assert own == set(MADE)
    assert {name for _, _, name in options} >= of_a_view == set(OF_A_VIEW)
    assert {command for command, _ in own} == set(BASES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """One file of each kind that a command reads."""
    folder: Path = tmp_path_factory.mktemp("options")
    texts = {
        "list.csv": "kinds\nincident\n", "far.csv": 'at\n"10,20,8"\n',
        "dates.csv": "day,lat,lon\n9/3/19,34.5,69.2\n", "hijri.csv": "day,lat\n1401-05-03,\n",
        "release.txt": "Two men died.",
        "report.txt": "Gunmen killed two men in Kunduz province yesterday.\n",
        "whole.html": "<p>an-attack, a-presence",
        "views.yaml": "Incidents: '#kinds=incident'\n",
        "editorial.yaml": "subtitle: Ours\n",
        "view.json": '{"kinds": ["presence"]}',
        "far.json": '{"viewport": {"lat": 10, "lon": 20, "zoom": 8}}',
        "fresh.recipe.json": Recipe(title="Made before", size="web").to_json(),
        "kept.series.json": SeriesRecipe(Recipe(title="Made before"), each="year").to_json(),
        "stale.series.json": SeriesRecipe(
            Recipe(size="web", data="0" * 64, ground="0" * 64), each="year"
        ).to_json(),
        "stale.recipe.json": Recipe(size="web", data="0" * 64, ground="0" * 64).to_json(),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    # From the west of the country to its east, at zoom 0.
    road = own_maps.line_tile([(2_700, 1_640), (2_900, 1_600)])
    Image.new("RGB", (8, 4), "navy").save(folder / "logo.png")
    (folder / "own.pmtiles").write_bytes(own_maps.archive({0: road}))
    abroad = incident(where=[{"place": "Kabul"}])
    dossiers = {
        "d": [incident(), presence()], "d2": [incident()], "d3": [abroad],
        "faulty": [incident(id=f"a{at}", when="no day") for at in range(60)],
        "left": [incident(title="Left"), presence()], "mine": [incident(title="Mine"), presence()],
        "right": [incident(title="Right"), presence()],
        "approved": [incident(approved=APPROVAL)],
        "drafted": [incident(draft=True, where=[{"place": "Nowhere at all"}])],
    }  # fmt: skip
    for name, records in dossiers.items():
        (folder / f"{name}.yaml").write_bytes(dossier_bytes(*records))
    source = {"report": SOURCE | {"document": "ab" * 32}}
    (folder / "cited.yaml").write_bytes(dossier_bytes(incident(), sources=source))
    opened = openpyxl.load_workbook(io.BytesIO(workbook_of((folder / "d.yaml").read_bytes())))
    opened["Records"]["C2"] = "Another title"
    opened.save(folder / "edited.xlsx")
    (folder / "in.csv").write_bytes(made.csv_bytes([made.acled()], ACLED))
    (folder / "dump.txt").write_bytes(dump([line(1, "Qala", 34.5, 69.2)]))
    for name, level, title in (("one", 1, "Lakeside"), ("two", 2, "Town")):
        square = [[[36, 0], [37, 0], [37, 1], [36, 1], [36, 0]]]
        properties = {"shapeName": title, "shapeGroup": "KEN", "shapeType": f"ADM{level}"}
        features = [{"type": "Feature", "properties": properties,
                     "geometry": {"type": "Polygon", "coordinates": square}}]  # fmt: skip
        text = json.dumps({"type": "FeatureCollection", "features": features})
        (folder / f"{name}.geojson").write_text(text, encoding="utf-8")
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Second")
    for sheet, day in ((first, "2019-01-02"), (second, "2020-01-02")):
        for row in (["day", "lat", "lon"], [day, 34.5, 69.2], [day, 34.6, 69.3]):
            sheet.append(row)
    book.save(folder / "book.xlsx")
    copy_of_data(Path(__file__).parent / "made_up_country", folder / "made-up")
    copy_of_data(Path(__file__).parent / "made_up_country", folder / "cited")
    (folder / "cited/incidents.yaml").write_bytes((folder / "cited.yaml").read_bytes())
    for name in ("copy", "another"):
        copy_of_data(data_folder, folder / name)
    invoke(folder, "import in.csv --out events.parquet")
    invoke(folder, "export events.parquet --to csv --out ours.csv")
    invoke(folder, f"snapshot d.yaml --out figure.png {FIGURE}")
    invoke(folder, f"snapshot d.yaml --out eventful.png {FIGURE} --event-table events.parquet")
    invoke(folder, f"snapshot d.yaml --out edited.pptx {FIGURE}")
    deck = pptx.Presentation(str(folder / "edited.pptx"))
    count = next(one for one in deck.slides[0].shapes if one.name == "Record count")
    count.text_frame.text = "In other words"
    deck.save(str(folder / "edited.pptx"))
    assert {"events.parquet", "ours.csv"} <= {one.name for one in folder.iterdir()}
    return folder


def invoke(folder: Path, words: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(app, words.split(" ") if words else [])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "Traceback" not in result.output
    return result


def outcome(folder: Path, words: str) -> tuple[Any, ...]:
    """What a command prints, how it ends, and each file that it writes; its files are removed."""
    before = state(folder)
    result = invoke(folder, words)
    after = state(folder)
    written = {name: data for name, data in after.items() if before.get(name) != data}
    for name in written:
        if name in before:
            (folder / name).write_bytes(before[name])
        else:
            (folder / name).unlink()
    for one in sorted(folder.rglob("*"), reverse=True):
        if one.is_dir() and not any(one.iterdir()):
            one.rmdir()
    return result.exit_code, result.output, written


def state(folder: Path) -> dict[str, bytes]:
    files = (one for one in folder.rglob("*") if one.is_file())
    return {str(one.relative_to(folder)): one.read_bytes() for one in files}


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server and no cluster is started: what would be started is printed."""

    def run(command: list[str], environment: dict[str, str], check: Callable[[], None]) -> int:
        check()
        named = {key: one for key, one in environment.items() if key.startswith("INCIDENT_MAP")}
        typer.echo(f"{command[4:]} {named}")
        return 0

    def cluster(scheduler: str | None) -> None:
        raise IntakeError(f"on {scheduler}")

    monkeypatch.setattr(cli_serve, "_run", run)
    monkeypatch.setattr(cli_merge, "_git", lambda *_: ".")
    monkeypatch.setattr(cli_import, "cluster", cluster)


@pytest.fixture(scope="module")
def without() -> dict[str, tuple[Any, ...]]:
    """What each command makes as it is, once."""
    return {}


@pytest.mark.slow(whole=True)
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(("command", "option"), MADE, ids=[" ".join(one) for one in MADE])
def test_an_option_changes_what_its_command_makes(
    folder: Path, without: dict[str, tuple[Any, ...]], command: str, option: str
) -> None:
    words = MADE[command, option]
    base, more = (BASES[command], words) if isinstance(words, str) else words
    assert option in more.split() or more == "--no-browser"
    plain = f"{command} {base}".strip()
    if plain not in without:
        without[plain] = outcome(folder, plain)
    changed = outcome(folder, f"{plain} {more.format(port=free())}".strip())
    # With one the fault is how it ends: that such dates are asked about, or no scheduler is there.
    assert changed[0] != 2 or option in {"--scheduler", "--version"}, changed[1]
    assert changed != without[plain]


@pytest.mark.slow
@pytest.mark.parametrize(("words", "option", "hint"), REFUSED, ids=[one for one, *_ in REFUSED])
def test_what_cannot_be_honoured_is_refused_in_a_sentence(
    folder: Path, words: str, option: str, hint: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as used:
        code, said, written = outcome(folder, words.format(used=used.getsockname()[1]))
    assert (code, written) == (2, {}), said
    assert option in said
    assert hint in " ".join(said.replace("│", " ").split())


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
    return port


def test_an_answer_about_dates_that_no_date_asks_for_is_told(folder: Path) -> None:
    _, said, _ = outcome(folder, "import in.csv --out o.parquet --date-order day-first")
    assert "No date can be read in two orders" in said
    _, said, _ = outcome(folder, "import in.csv --out o.parquet --calendar solar-hijri")
    assert "No date has a year from 1300 to 1500" in said


@pytest.mark.slow
def test_a_place_inside_at_a_zoom_that_is_offered_is_shown(folder: Path) -> None:
    for zoom in ("5.25", "10.5"):
        code, said, _ = outcome(folder, f"snapshot d.yaml --out s.html {FIGURE} --at 34,66,{zoom}")
        assert code == 0, said
    for zoom in ("5", str(CLOSEST_ON_MAP)):
        code, said, _ = outcome(folder, f"map d.yaml --out m.html --at 34,66,{zoom}")
        assert code == 0, said


def test_the_closest_zoom_is_that_of_the_map_in_the_browser(root: Path) -> None:
    script = (root / "geo/webmap/js/map/camera.js").read_text(encoding="utf-8")
    assert f"const MAX_ZOOM = {CLOSEST_ON_MAP};" in script
