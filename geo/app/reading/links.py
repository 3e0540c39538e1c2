"""The way from a claim on a card to the words that it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import streamlit as st

from geo.app import editors, pages
from geo.app.frame import asked_passage
from geo.app.reading.worksheet import WorkSpan
from geo.dossier.records import Dossier, Passage
from geo.table.workspace import Workspace

DOCUMENT: Final = "document"
"""Of the address of the page *Read*: the SHA-256 of the document that it shows."""
PASSAGE: Final = "passage"
"""Of the same address: the characters to show, such as ``120-184,300-310``."""
_ASKED: Final = "incident-map-passage-asked"
_SPANS: Final = re.compile(r"\d{1,9}-\d{1,9}(,\d{1,9}-\d{1,9}){0,99}")


def passage_handler(frame: str) -> Callable[[], None] | None:
    """Return what *Show passage* on a card calls; ``None`` where nobody may edit."""
    return partial(_note, frame) if editors.is_offered() and editors.may("edit") else None


def follow_passage(workspace: Workspace) -> None:
    """Go to the words of the claim that somebody has asked for on a card, also of a draft."""
    asked = st.session_state.pop(_ASKED, None)
    if asked is None:
        return
    passages = _passages(workspace.with_drafts.reading.dossier, *asked)
    if passages:
        document = passages[0].document
        st.switch_page(
            pages.reading_entry(),
            query_params={DOCUMENT: document, PASSAGE: _spans_of(passages, document)},
        )


def asked_spans(text: str) -> tuple[WorkSpan, ...]:
    """The characters that an address asks for; none, if it is not valid.

    Examples
    --------
    >>> asked_spans("120-184,300-310"), asked_spans("9-3"), asked_spans("x")
    (((120, 184), (300, 310)), (), ())
    """
    if not _SPANS.fullmatch(text):
        return ()
    pairs = (one.split("-") for one in text.split(","))
    return tuple((int(a), int(b)) for a, b in pairs if int(a) < int(b))


def _spans_of(passages: Iterable[Passage], document: str) -> str:
    here = [one for one in passages if one.document == document]
    return ",".join(f"{one.start}-{one.end}" for one in here[:100])


def _passages(dossier: Dossier, record: str, claim: int) -> tuple[Passage, ...]:
    found = next((one for one in dossier.records if one.id == record), None)
    return found.claims[claim].passages if found and claim < len(found.claims) else ()


def _note(frame: str) -> None:
    st.session_state[_ASKED] = asked_passage(frame)
