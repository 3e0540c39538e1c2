"""The notes on imported events: their exact counts by province, and their one source."""

from __future__ import annotations

from collections.abc import Iterator

from geo.snapshot.content.content import Content
from geo.snapshot.content.recipe import clean_line
from geo.snapshot.content.sizes import Size
from geo.snapshot.layout.notes import Piece, as_text, heading, safe_link
from geo.snapshot.layout.typesetting import TextStyle, paragraph


def event_pieces(content: Content, size: Size) -> Iterator[Piece]:
    """The counts by province and the source of the events; nothing without events."""
    events = content.events
    if events is None:
        return
    type_ = TextStyle(size.text)
    yield heading("events", "Events", size)
    for said in event_texts(content):
        yield as_text("events", said, type_)
    if link := safe_link(events.link):
        blue = TextStyle(size.text, tone="focus")
        yield Piece("events", lambda width: paragraph(events.link, blue, width, "link", link=link))


def event_texts(content: Content) -> tuple[str, ...]:
    """The counts by province and the source of the events, a paragraph each.

    Returns
    -------
    Nothing, if the figure shows no events.
    """
    events = content.events
    if events is None:
        return ()
    source = f"Source of the events: {events.source}"
    return tuple(clean_line(said) for said in (events.by_province, source) if said)
