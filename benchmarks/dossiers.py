"""Records of a dossier: read, located and on the map, against the YAML library alone.

python -m benchmarks.dossiers records 2000
"""

from __future__ import annotations

from io import StringIO
from itertools import islice
from typing import Any

from ruamel.yaml import YAML

from benchmarks import data
from benchmarks.job import ROOT, Figures, main, seconds
from geo.dossier.intake import read_dossier
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.limits import MAX_DOSSIER_DEPTH, MAX_DOSSIER_PARTS
from geo.table.located import locate_records
from geo.table.workspace import Workspace
from geo.webmap.document import document_html

_DAYS = 28
"""Days of the shortest month, so that every made-up date exists."""


def dossier(rows: int, *, place: str = "") -> bytes:
    """The incidents of the project's dossier, repeated, each with an id and a day of its own.

    Parameters
    ----------
    place
        Where all of them are said to be; empty: where they were.
    """
    text = (ROOT / "data" / "incidents.yaml").read_text("utf-8")
    whole = read_yaml(text, YamlLimits(MAX_DOSSIER_DEPTH, MAX_DOSSIER_PARTS)).value
    incidents: list[dict[str, Any]] = [
        one
        | {"id": f"made-up-{at}", "when": f"{2010 + at % 15}-{1 + at % 12:02}-{1 + at % _DAYS:02}"}
        for at in range(0, rows, len(whole["incidents"]))
        for at, one in enumerate(islice(whole["incidents"], rows - at), at)
    ]
    for one in incidents if place else ():
        one["where"] = [{"place": place, "kind": "settlement"}]
    # A written denial or doubt would be older than some of these days.
    for one in incidents:
        one["claims"] = [c for c in one["claims"] if c.get("says") not in {"denial", "doubt"}]
    writer, out = YAML(), StringIO()
    writer.representer.ignore_aliases = lambda _: True
    writer.dump(whole | {"incidents": incidents, "presence": []}, out)
    return out.getvalue().encode()


def _records(rows: int) -> Figures:
    written, country = dossier(rows), data.workspace().country
    text = written.decode()
    reading = read_dossier(written)
    workspace = Workspace(country, reading, locate_records(reading, country))
    return {
        "records": len(reading.dossier.records),
        "library": seconds(lambda: list(YAML(typ="safe", pure=True).parse(text))),
        "read": seconds(lambda: read_dossier(written)),
        "located": seconds(lambda: locate_records(reading, country)),
        "mapped": seconds(lambda: document_html(workspace)),
    }


if __name__ == "__main__":
    main({"records": _records})
