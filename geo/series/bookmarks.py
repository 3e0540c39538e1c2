"""What makes a PDF of many pages easy to use: bookmarks, links between pages, title and language.

The pages stay as they were drawn; only entries beside them are added.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, TextStringObject

from geo.series.atlas import PAGE_LINK, AtlasEntry
from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line

RECIPE_KEY: Final = "/IncidentMapSeries"
"""Entry of the information dictionary with the recipe; no reader shows it."""
_LANGUAGE: Final = "en-GB"


def with_bookmarks(
    data: bytes, entries: Sequence[AtlasEntry], whole: Content, version: str, recipe: str
) -> bytes:
    """Return a PDF that this program has just written, with bookmarks, links and its recipe.

    The same PDF and entries give the same bytes.

    Parameters
    ----------
    entries
        The bookmarks, with page numbers from 1.
    whole
        The content of the whole series.
    version
        Hexadecimal digits of the recipe, as printed.
    recipe
        The recipe of the series as text.
    """
    # A file of this very program, from memory, and not one that somebody has sent.
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for entry in entries:
        writer.add_outline_item(title=entry.name, page_number=entry.page - 1)
    for page in writer.pages:
        _link_within(writer, page)
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(_LANGUAGE)
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(value=True)}
    )
    if entries:
        root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    keywords = f"series {version}"
    writer.add_metadata(
        {
            "/Title": whole.title,
            "/Subject": clean_line(whole.ledger),
            "/Keywords": keywords,
            "/Producer": "matplotlib",
            RECIPE_KEY: recipe,
        }
    )
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _link_within(writer: PdfWriter, page: DictionaryObject) -> None:
    """Turn the links that name a page of the document into links to that page."""
    found = page.get("/Annots")
    for each in found.get_object() if found is not None else ():
        link = each.get_object()
        target = str(link.get("/A", {}).get("/URI", ""))
        if target.startswith(PAGE_LINK):
            to = writer.pages[int(target.removeprefix(PAGE_LINK)) - 1].indirect_reference
            del link["/A"]
            link[NameObject("/Dest")] = ArrayObject([to, NameObject("/Fit")])
