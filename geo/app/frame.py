"""The map document inside a Streamlit page, and the messages it sends back.

The document runs in a sandboxed iframe and exchanges messages with the page. Two components share
the work. One carries the document and nothing that changes, so that Streamlit sends it once and
afterwards refers to it by its hash; the other is invisible and carries the View that Python wants
to show, some hundred bytes in each rerun. The iframe is loaded once and survives every rerun.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, Literal, NamedTuple

import streamlit as st

from geo.app.component import numbered_acts
from geo.app.trail import Address
from geo.view import BOUNDS, View

MOST_ASKED: Final = 200
"""Most events whose texts are sent at once; a list in the document shows half as many."""
MOST_LETTERS: Final = 40
"""Most letters of what to compare with: a word or a date."""
_TABLE: Final = "layout=table"
"""The option by which a document shows its records in place of its map, as in an address."""
_EDIT: Final = "edit=card"
"""The option by which cards have a button for the form of their record."""
_PLACE: Final = "pick=place&panel=none&time=none"
"""The options by which a document is a map to click on, with nothing beside it."""
_HERE: Final = Path(__file__).parent

_STYLE: Final = """
.holder {
  --least: min(480px, 100dvh);
  height: max(var(--least), calc(100dvh - var(--above, 0px) - 16px));
  border-radius: 6px;
  overflow: hidden;
  background: var(--st-background-color);
}
iframe {
  display: block;
  width: 100%;
  height: 100%;
  border: 0;
  border-radius: 6px;
}
.loading iframe { opacity: 0; }
.holder:has(.next) { position: relative; }
.next { position: absolute; inset: 0; opacity: 0; }
@media print {
  .holder { height: var(--upright, 1300px) !important; border-radius: 0; background: none; }
}
@media print and (orientation: landscape) {
  .holder { height: var(--lying, 1200px) !important; }
}
"""

_document = st.components.v2.component(
    "incident_map_document",
    html='<div class="holder"></div>',
    css=_STYLE,
    js=(_HERE / "frame_document.js").read_text(encoding="utf-8"),
)
_state = st.components.v2.component(
    "incident_map_state",
    js=(_HERE / "frame_state.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class FrameState:
    """The document's last report of what a person did in it.

    Parameters
    ----------
    view
        The View on the screen, as :meth:`geo.view.View.from_message` reads it; ``None`` until
        somebody has used the map on this page.
    shown, total
        How many records the View shows, and how many there are.
    revision
        The page's last revision that the document knew of. If it is not the current one, the report
        crossed a newer request on its way and should be ignored: the document repeats it after
        applying the request.
    by_hand
        Whether a person caused it, and not the document in response to the page.
    went
        The query of the address that Back or Forward led to, if the page has not followed it yet.
    """

    view: dict[str, object] | None = None
    shown: int | None = None
    total: int | None = None
    revision: int | str | None = None
    by_hand: bool = True
    went: str | None = None


@dataclass(frozen=True, slots=True)
class KeptForFrame:
    """What is kept for a document between sessions, and who changes it.

    Parameters
    ----------
    facts
        Marks of changes, what can be compared with, and saved Views: JSON values.
    on_since, on_saved
        Called when somebody asks the document for a comparison, or changes the saved Views;
        :func:`last_since` and :func:`last_saved` read what.
    """

    facts: Mapping[str, object]
    on_since: Callable[[], None]
    on_saved: Callable[[], None]


class FrameHandlers(NamedTuple):
    """What is called when a document reports.

    Parameters
    ----------
    report
        Called before a report makes the script run again; :func:`last_report` reads it.
    on_map
        With it, the document shows its records as a table in place of its map. It is called when a
        person asks for a record on the map; :func:`asked_record` reads which.
    on_edit
        With it, cards have a button *Edit*. It is called when a person presses it;
        :func:`asked_form` reads on which record.
    on_passage
        Called when a person asks for the words that a claim comes from, which a card offers with
        `on_edit`; :func:`asked_passage` reads of which.
    on_place
        With it, the document is a map without panels on which a click opens nothing. It is called
        for each click; :func:`clicked_place` reads where.
    """

    report: Callable[[], None] | None = None
    on_map: Callable[[], None] | None = None
    on_edit: Callable[[], None] | None = None
    on_passage: Callable[[], None] | None = None
    on_place: Callable[[], None] | None = None

    @property
    def options(self) -> str:
        """What the document opens with, as in an address."""
        named = ((self.on_map, _TABLE), (self.on_edit, _EDIT), (self.on_place, _PLACE))
        return "&".join(option for wanted, option in named if wanted)


def map_frame(
    document: str,
    *,
    view: Mapping[str, object],
    revision: int | str,
    height: int | Literal["stretch"] = "stretch",
    key: str,
    handlers: FrameHandlers | None = None,
    texts: Callable[[Sequence[int]], Mapping[str, object]] | None = None,
    address: Address | None = None,
    kept: KeptForFrame | None = None,
) -> FrameState:
    """Show a map document, keep it through reruns, and return its last report.

    Parameters
    ----------
    document
        The whole HTML text. The iframe is reloaded only if this text changes.
    view
        The View as the page knows it, from :meth:`geo.view.View.to_message`. All of it is applied
        when the document loads. Later, and only with a new `revision`, the fields that differ from
        the previous run are applied, so that what a person has done in the map meanwhile is not
        undone by a page that does not know of it yet. The theme is always the page's.
    revision
        Any value that changes whenever Python itself has changed the View, such as a counter.
    height
        Pixels, or ``"stretch"`` for the rest of the window below the top of the iframe.
    key
        Identifies this iframe; it must be unique on the page. Its element has the style class
        ``st-key-`` followed by this name and ``-document``.
    handlers
        What is called when the document reports.
    texts
        Returns the texts of events by their number. It is called when a list in the document shows
        events of which the document holds only the numbers.
    address
        The query that the page's address should have. It replaces the current one without a step in
        the history, unless its number of steps has grown: then Streamlit writes it.
    kept
        What is kept for the document between sessions.

    Raises
    ------
    ValueError
        The document is empty.

    Examples
    --------
    >>> map_frame("", view={}, revision=0, key="map")
    Traceback (most recent call last):
        ...
    ValueError: the map document is empty; expected the text of an HTML page
    """
    if not document.strip():
        raise ValueError("the map document is empty; expected the text of an HTML page")
    handlers = handlers or FrameHandlers()
    # Both are direct children of the caller's container: while other elements come and go above
    # them, Streamlit keeps a displaced component mounted, but not one inside a displaced container.
    _document(
        key=_document_key(key),
        data=_parcel(document, key, height, handlers.options),
        on_report_change=handlers.report or _nothing,
        on_asked_change=_nothing,
        on_since_change=kept.on_since if kept is not None else _nothing,
        on_saved_change=kept.on_saved if kept is not None else _nothing,
        on_onmap_change=handlers.on_map or _nothing,
        on_edit_change=handlers.on_edit or _nothing,
        on_passage_change=handlers.on_passage or _nothing,
        on_place_change=handlers.on_place or _nothing,
    )
    asked = _last_asked(key) if texts is not None else ()
    wanted = {"frame": key, "revision": revision, "view": _checked(view),
              "texts": texts(asked) if texts is not None and asked else None,
              "address": address._asdict() if address is not None else None,
              "kept": kept.facts if kept is not None else None}  # fmt: skip
    _state(key=f"{key}-wanted", data=wanted)
    return last_report(key)


def last_report(key: str) -> FrameState:
    """Return the last report of the document with this key, also inside a callback.

    Streamlit forgets it after a run that does not show the iframe, as on another page. A page that
    needs its View again must copy it to the session or the address.
    """
    stored = st.session_state.get(_document_key(key))
    return _read_report(stored.get("report") if isinstance(stored, Mapping) else None)


def last_since(key: str) -> str:
    """Return what the document was last asked to compare with; empty: nothing."""
    stored = st.session_state.get(_document_key(key))
    since = stored.get("since") if isinstance(stored, Mapping) else None
    return since if isinstance(since, str) and len(since) <= MOST_LETTERS else ""


def last_saved(key: str, after: int) -> tuple[tuple[int, Mapping[str, object]], ...]:
    """Return the changes of the saved Views that have not been applied, each with its number.

    Parameters
    ----------
    after
        The number of the last change that has been applied.

    Returns
    -------
    tuple
        Pairs of a growing number and what :func:`geo.view.saved_views.changed` reads.
    """
    stored = st.session_state.get(_document_key(key))
    given = stored.get("saved") if isinstance(stored, Mapping) else None
    return numbered_acts(given, MOST_ASKED, after)


def asked_record(key: str) -> str | None:
    """Return the record that a person asked to see on the map, within the callback `on_map`."""
    return _asked_of(key, "onmap")


def asked_form(key: str) -> str | None:
    """Return the record whose form a person asked for, within the callback `on_edit`."""
    return _asked_of(key, "edit")


def asked_passage(key: str) -> tuple[str, int] | None:
    """Return whose words a person asked for, within the callback `on_passage`.

    Returns
    -------
    tuple or None
        The id of a record, and the number of the claim in it, from 0.
    """
    stored = st.session_state.get(_document_key(key))
    asked = stored.get("passage") if isinstance(stored, Mapping) else None
    if not isinstance(asked, list) or [type(one) for one in asked] != [str, int]:
        return None
    record = View.from_message({"chosen": asked[0]}).chosen
    return None if record is None else (record, asked[1])


def clicked_place(key: str) -> tuple[float, float] | None:
    """Return where somebody clicked on the map, within the callback `on_place`.

    Returns
    -------
    tuple or None
        Latitude and longitude in degrees, WGS 84.
    """
    stored = st.session_state.get(_document_key(key))
    place = stored.get("place") if isinstance(stored, Mapping) else None
    if not isinstance(place, list) or [type(one) in {int, float} for one in place] != [True, True]:
        return None
    lat, lon = map(float, place)
    return (lat, lon) if abs(lat) <= BOUNDS.lat and abs(lon) <= BOUNDS.lon else None


def _asked_of(key: str, name: str) -> str | None:
    stored = st.session_state.get(_document_key(key))
    asked = stored.get(name) if isinstance(stored, Mapping) else None
    return View.from_message({"chosen": asked}).chosen


def _last_asked(key: str) -> tuple[int, ...]:
    """Return the numbers of the events whose texts the document requested last."""
    stored = st.session_state.get(_document_key(key))
    asked = stored.get("asked") if isinstance(stored, Mapping) else None
    if not isinstance(asked, list) or len(asked) > MOST_ASKED:
        return ()
    return tuple(row for row in asked if type(row) is int and row >= 0)


# Three: that of now, the one before, and the table of records. One of a million events has 6 MB.
@lru_cache(maxsize=3)
def _parcel(document: str, key: str, height: int | Literal["stretch"], opens: str) -> bytes:
    """Return the document, preceded by a line with its digest, key, height and options.

    Returned as bytes, because Streamlit would encode such a text as JSON twice in each rerun.
    """
    body = document.encode()
    digest = blake2b(body, digest_size=16).hexdigest()
    line = json.dumps({
        "frame": key, "digest": digest, "height": height, "opens": opens, "bounds": asdict(BOUNDS)
    })  # fmt: skip
    return line.encode() + b"\n" + body


def _read_report(value: object) -> FrameState:
    """Check what came from the browser; an invalid report counts as none."""
    if not isinstance(value, Mapping):
        return FrameState()
    shown, total, revision = (value.get(name) for name in ("shown", "total", "revision"))
    if type(shown) is not int or type(total) is not int or not 0 <= shown <= total:
        return FrameState()
    if not isinstance(value.get("view"), Mapping) or not isinstance(revision, (int, str)):
        return FrameState()
    by_hand = value.get("cause") != "host"
    went = value.get("went")
    return FrameState(
        _checked(value["view"]), shown, total, revision, by_hand,
        went if isinstance(went, str) else None,
    )  # fmt: skip


def _checked(view: Mapping[str, object]) -> dict[str, object]:
    return View.from_message(view).to_message()


def _document_key(key: str) -> str:
    return f"{key}-document"


def _nothing() -> None:
    """Do nothing, as a callback: without one, Streamlit keeps no state of this name."""
