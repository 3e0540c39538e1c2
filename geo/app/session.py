"""The state of one browser session: the data, and the View that all pages share.

The data are shared by all sessions and read once for each version of the files; the View belongs to
one session and is in its address bar, so that a copied link opens the same map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from time import monotonic
from typing import Final
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.app import days
from geo.app.frame import asked_record, last_report
from geo.app.kept import KEPT
from geo.app.last_valid import LastValid
from geo.app.plain import show_alert
from geo.app.shown_events import SessionEvents
from geo.app.trail import Address, Trail
from geo.errors import GeoError
from geo.table.workspace import Workspace
from geo.view import View
from geo.webmap.document import document_html

FRAME: Final = "map"
TABLE: Final = "records"
"""The frame whose document shows its records as a table."""
_ROW: Final = "incident-map-row"
_ON_MAP: Final = "incident-map-on-map"
_VIEW: Final = "incident-map-view"
_REVISION: Final = "incident-map-revision"
_TRAIL: Final = "incident-map-trail"
_BY_HAND: Final = "incident-map-by-hand"
_FIELDS: Final = "incident-map-fields"
_REFUSED: Final = "incident-map-refused"
_WENT: Final = "incident-map-went"
_LAST_VALID: Final = LastValid()


def workspace() -> Workspace:
    """Return the current data; a file that changed since the last run is read again.

    If the data can no longer be read, the last valid version stays on show, and the page says so.
    If there has been none, the page says why and stops.
    """
    # Read before the data: loading may take long, and a reader who leaves takes the address away.
    view()
    try:
        found = _LAST_VALID.at(datetime.now(UTC), days.reader_day())
    except GeoError as error:
        show_alert(str(error))
        st.stop()
    if refused := st.session_state.get(_REFUSED):
        show_alert(f"Filter ignored: {'; '.join(refused)}.", "warning")
    if found.faults:
        show_alert(found.say(), "warning")
        st.code("\n".join(found.faults), language=None, wrap_lines=True)
    return found.workspace


def map_document(workspace: Workspace, digest: str, events: SessionEvents | None = None) -> str:
    """Return the map document of one version of the data, with the ages of claims as of today.

    Parameters
    ----------
    digest
        Identifies the version; for the same digest, the document is made once a day.
    events
        Events to draw beside the records.
    """
    asked = view().drafts
    version = f"{digest} on {workspace.country.digest}{' with drafts' if asked else ''}"
    key = f"{version}\n{events.key}" if events is not None else version
    today = days.reader_day()
    document: str = _document(workspace, key, events, today, drafts=asked)
    forget = partial(_document.clear, None, key, None, today, drafts=asked)
    KEPT.use(f"document {key}", len(document), forget)
    return document


# Four: documents of megabytes, with and without an upload, today's and yesterday's.
@st.cache_resource(max_entries=4, show_spinner="Drawing the map…")
def _document(
    _workspace: Workspace,
    key: str,  # noqa: ARG001 - the key of the cache
    _events: SessionEvents | None,
    today: date,
    *,
    drafts: bool,
) -> str:
    table, names = (_events.table, _events.names) if _events is not None else (None, None)
    return document_html(
        _workspace, view=View(drafts=drafts), as_of=today, events=table, names=names,
    )  # fmt: skip


def view() -> View:
    """Return the View of this session, at first the one in the address."""
    if _VIEW not in st.session_state:
        st.session_state[_VIEW] = _of_address(st.query_params.to_dict())
        st.session_state[_TRAIL] = Trail(st.session_state[_VIEW])
    found: View = st.session_state[_VIEW]
    return found


def revision() -> int:
    """How often Python itself has changed the View; see :func:`geo.app.frame.map_frame`."""
    found: int = st.session_state.get(_REVISION, 0)
    return found


def take_report() -> None:
    """Apply what a person did in the map."""
    if (found := _reported(FRAME)) is not None:
        st.session_state[_VIEW] = found


def take_table_report() -> None:
    """Apply what a person did beside the table; the row chosen there leaves the map as it is."""
    if (found := _reported(TABLE)) is None:
        return
    st.session_state[_ROW] = found.chosen
    here = view()
    st.session_state[_VIEW] = replace(
        found, chosen=here.chosen, province=here.province, viewport=here.viewport
    )


def _reported(frame: str) -> View | None:
    """Return the View of a frame's last report; ``None`` if the report is passed over."""
    report = last_report(frame)
    st.session_state[_WENT] = report.went
    # A report that crossed a newer request is repeated once the document has applied the request.
    if report.view is None or report.revision != revision():
        return None
    st.session_state[_BY_HAND] = report.by_hand
    if report.by_hand:
        st.session_state.pop(_REFUSED, None)
    return View.from_message(report.view)


def table_view() -> View:
    """Return the View for the table: that of the map, with the row chosen in the table."""
    return replace(view(), chosen=st.session_state.get(_ROW), province=None)


def ask_for_map() -> None:
    """Open the card of the record that somebody wants to see on the map."""
    record = asked_record(TABLE)
    if record is not None:
        open_card(record)
        st.session_state[_ON_MAP] = True


def is_map_asked() -> bool:
    """Whether somebody has asked for the map since this was last asked."""
    return bool(st.session_state.pop(_ON_MAP, False))


def open_card(record: str | None) -> None:
    """Open the card of a record, or close it; the map follows."""
    if record == view().chosen:
        return
    st.session_state[_VIEW] = replace(view(), chosen=record)
    st.session_state[_REVISION] = revision() + 1
    st.session_state[_BY_HAND] = True


def follow_address() -> None:
    """Apply the View of the address that Back or Forward has led to.

    Only then, because a run with another cause may still carry an older address. Streamlit forgets
    the cause of a run if a report of the map arrives before the run begins; the report then names
    the address.
    """
    before, context = view(), get_script_run_ctx()
    went: str | None = st.session_state.pop(_WENT, None)
    if context is not None and context.is_history_navigation:
        went = context.query_string
    if went is None:
        return
    found = _of_address(dict(parse_qsl(went)))
    _trail().follow(found, went)
    st.session_state.pop(_BY_HAND, None)
    if found != before:
        st.session_state[_VIEW] = found
        st.session_state[_REVISION] = revision() + 1


def _of_address(query: Mapping[str, str]) -> View:
    """Return the View of an address; the page says what exceeded the View's bounds."""
    found, refusals = View.read_query(query)
    st.session_state[_REFUSED] = [str(refusal) for refusal in refusals]
    return found


def write_address() -> Address:
    """Put the View into the address bar, if the change is a step of the history.

    Streamlit makes a step of every address that it writes. Changes that are not steps are left to
    :func:`geo.app.frame.map_frame`, which replaces the current address.
    """
    now, trail = view(), _trail()
    if trail.keep(now, by_hand=st.session_state.pop(_BY_HAND, False), now=monotonic()):
        st.query_params.from_dict(now.to_query())
    return trail.address()


def _trail() -> Trail:
    found: Trail = st.session_state[_TRAIL]
    return found


def remembered_field(key: str, usual: str) -> str:
    """Restore the value that the next field had when its page was last shown.

    Streamlit forgets the content of a field as soon as another page is shown.
    """
    held: dict[str, str] = st.session_state.setdefault(_FIELDS, {})
    if key in st.session_state:
        held[key] = st.session_state[key]
    else:
        st.session_state[key] = held.get(key, usual)
    return key
