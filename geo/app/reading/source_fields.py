"""The fields that say what a document is: a source that the dossier has, or a new one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.app.reading.worksheet import Worksheet
from geo.documents.document import Document
from geo.dossier.records import Dossier
from geo.limits import MAX_LINE
from geo.written.dates import read_date

_NEW: Final = ""
_UNDATED: Final = (
    "Without the day of publication, “yesterday” and “on Monday” are questions, not dates."
)


def source_fields(document: Document, dossier: Dossier) -> Worksheet:
    """Ask which source a document is, and when it was published.

    Returns
    -------
    Worksheet
        With no suggestions yet.
    """
    sha256 = document.sha256
    known = {key: f"{one.publisher}: {one.title}" for key, one in dossier.sources.items()}
    matching = next((key for key, one in dossier.sources.items() if one.document == sha256), _NEW)
    keys = [_NEW, *known]
    chosen = st.selectbox(
        "Source", keys, index=keys.index(matching), key=f"source-{sha256}",
        format_func=lambda key: known.get(key, "A new source"),
    )  # fmt: skip
    if chosen:
        day = dossier.sources[chosen].published.text
        return Worksheet(document=sha256, name=dossier.sources[chosen].title, source=chosen,
                         published=day)  # fmt: skip
    title = st.text_input("Title", document.title, key=f"title-{sha256}", max_chars=MAX_LINE)
    publisher = st.text_input("Publisher", key=f"publisher-{sha256}", max_chars=MAX_LINE)
    given = document.published.isoformat() if document.published else ""
    written = st.text_input("Published", given, key=f"published-{sha256}", max_chars=MAX_LINE)
    read = read_date(written)
    st.caption(read.question or (f"{read.words}." if read.words else _UNDATED))
    source = {"title": title, "publisher": publisher, "published": read.edtf}
    return Worksheet(document=sha256, name=title, published=read.edtf,
                     new_source={name: one for name, one in source.items() if one})  # fmt: skip
