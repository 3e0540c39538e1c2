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


def source_fields(document: Document, dossier: Dossier) -> None:
    """Ask which source a document is, and when it was published; see :func:`begun_worksheet`."""
    sha256 = document.sha256
    known = {key: f"{one.publisher}: {one.title}" for key, one in dossier.sources.items()}
    matching = next((key for key, one in dossier.sources.items() if one.document == sha256), _NEW)
    keys = [_NEW, *known]
    chosen = st.selectbox(
        "Source", keys, index=keys.index(matching), key=_key("source", document),
        format_func=lambda key: known.get(key, "A new source"),
    )  # fmt: skip
    if chosen:
        return
    given = document.published.isoformat() if document.published else ""
    for name, label, value in (
        ("title", "Title", document.title), ("publisher", "Publisher", ""),
        ("published", "Published", given),
    ):  # fmt: skip
        st.text_input(label, value, key=_key(name, document), max_chars=MAX_LINE)
    read = read_date(_typed("published", document))
    st.caption(read.question or (f"{read.words}." if read.words else _UNDATED))


def begun_worksheet(document: Document, dossier: Dossier) -> Worksheet:
    """Return a worksheet with what the fields say now, also within a callback.

    Returns
    -------
    Worksheet
        With no suggestions yet.
    """
    chosen = _typed("source", document)
    if chosen in dossier.sources:
        source = dossier.sources[chosen]
        return Worksheet(document=document.sha256, name=source.title, source=chosen,
                         published=source.published.edtf)  # fmt: skip
    published = read_date(_typed("published", document)).edtf
    new = {
        "title": _typed("title", document), "publisher": _typed("publisher", document),
        "published": published,
    }  # fmt: skip
    given = {name: one for name, one in new.items() if one}
    return Worksheet(document=document.sha256, name=given.get("title", document.title),
                     published=published, new_source=given)  # fmt: skip


def _key(field: str, document: Document) -> str:
    return f"{field}-{document.sha256}"


def _typed(field: str, document: Document) -> str:
    return " ".join(str(st.session_state.get(_key(field, document), "")).split())
