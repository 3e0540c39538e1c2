"""The pages of the app."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from geo.app import events, session
from geo.app.briefing_page import briefing_page
from geo.app.events import Events
from geo.app.frame import map_frame
from geo.app.ignored_filters import comparison_note, filters_note
from geo.app.plain import plain
from geo.app.tables import record_table, shown_records
from geo.app.unexpected import errors_shown_to_reader
from geo.dossier.records import Assessment, Dossier, RolePeriod, Source, Statement
from geo.table.workspace import Workspace
from geo.text import counted
from geo.view import apply, say_ledger, say_totals, totals
from geo.wording import vocabulary

# An icon of our own: Streamlit would fetch one of its own, or an emoji, from another host.
ICON: Final = str(Path(__file__).with_name("icon.svg"))
_WHOLE_WINDOW: Final = """<style>
.stMainBlockContainer { padding: 3.75rem 1rem 2rem; max-width: none; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""
_SHOWN_PROBLEMS: Final = 50
"""Problems listed on a page; ``incident-map validate`` prints them all."""
_TO_READ: Final = """<style>
.stMainBlockContainer { padding: 5rem 1.5rem 3rem; max-width: 54rem; }
.stMainBlockContainer h1 { font-size: 1.75rem; }
.stMainBlockContainer h2 { font-size: 1.3rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.85; }
</style>"""


_RECORDS_ONLY: Final = "The events could not be read; the map shows the records only."


def map_page() -> None:
    """The map with everything around it that it needs, and the records in step with it."""
    session.follow_address()
    workspace = session.workspace()
    view = session.view()
    st.html(_WHOLE_WINDOW)
    _problems(workspace)
    beside, page = _drawn(workspace, _events(workspace))
    map_frame(
        page,
        view=view.to_message(),
        revision=session.revision(),
        key=session.FRAME,
        on_report=session.take_report,
        texts=beside.texts if beside is not None else None,
        address=session.write_address(),
    )
    if beside is not None and beside.note:
        st.caption(beside.note)
    st.page_link(
        st.Page(briefing_page, url_path="briefing"),
        label="Create briefing",
        icon=":material/slideshow:",
    )
    shown = apply(view, workspace.located.table, left_out=workspace.reading.left_out)
    st.header("The records in view", anchor=False)
    if said := comparison_note(view, "The counts and the table below show"):
        st.caption(plain(said))
    st.caption(say_ledger(shown.ledger, workspace.country.name))
    if said := say_totals(totals(shown)):
        st.caption(said)
    record_table(shown_records(workspace, view), workspace, view.chosen)


def records_page() -> None:
    """Every record, whatever is switched off on the map."""
    workspace = session.workspace()
    st.html(_WHOLE_WINDOW)
    st.title("Records", anchor=False)
    dossier = workspace.reading.dossier
    st.markdown(plain(dossier.title))
    if dossier.note:
        st.caption(plain(dossier.note))
    if said := filters_note(session.view(), "This page lists every record."):
        st.caption(said)
    _problems(workspace)
    record_table(dossier.records, workspace, session.view().chosen)


def sources_page() -> None:
    """The sources with their grades, and the groups with what is judged of them at large."""
    workspace = session.workspace()
    dossier = workspace.reading.dossier
    st.html(_TO_READ)
    st.title("Sources", anchor=False)
    st.caption(
        "The letter is the reliability of the source by the Admiralty code. F means unrated, "
        "not unreliable."
    )
    if said := filters_note(session.view(), "This page counts every record."):
        st.caption(said)
    for key, source in dossier.sources.items():
        _source(key, source, dossier)
    st.header("Groups", anchor=False)
    for key in dossier.groups:
        _group(key, dossier)


def method_page() -> None:
    """What the map shows, what it does not claim, and whose data it stands on."""
    workspace = session.workspace()
    st.html(_TO_READ)
    st.title("Method", anchor=False)
    st.markdown(_METHOD)
    st.header("Verification status", anchor=False)
    _meanings(vocabulary.STATUSES)
    st.header("Location precision", anchor=False)
    _meanings(vocabulary.PRECISIONS)
    st.header("Regions", anchor=False)
    for region in workspace.country.regions.values():
        names = ", ".join(workspace.country.provinces[code].name for code in region.provinces)
        st.markdown(f"- **{plain(region.name)}**: {plain(names)}", help=plain(region.basis))
    if (base_map := workspace.country.base_map) is not None:
        st.header("Base map", anchor=False)
        st.markdown(_BASE_MAP)
        st.markdown("\n".join(f"- {plain(line)}" for line in base_map.notes))
    st.header("Data credits and licences", anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in workspace.country.credits))
    st.caption(plain(workspace.country.disclaimer))
    st.caption(f"Data version {workspace.reading.digest[:12]}")


def _problems(workspace: Workspace) -> None:
    errors = workspace.errors
    if not errors:
        return
    left_out = workspace.reading.left_out
    with st.expander(
        f"{counted(len(errors), 'problem')} in the data; {counted(left_out, 'record')} rejected",
        icon=":material/warning:",
    ):
        lines = [str(error) for error in errors[:_SHOWN_PROBLEMS]]
        if len(errors) > len(lines):
            lines.append(f"and {counted(len(errors) - len(lines), 'problem')} more")
        st.code("\n".join(lines), language=None, wrap_lines=True)


def _events(workspace: Workspace) -> Events | None:
    """The events to draw beside the records; when they cannot be read, the records still are."""
    with errors_shown_to_reader("reading the events", _RECORDS_ONLY):
        return events.session_events(workspace, session.view())
    return None


def _drawn(workspace: Workspace, beside: Events | None) -> tuple[Events | None, str]:
    """The map document and the events in it: none, if they are more than a map can tell apart."""
    digest = workspace.reading.digest
    if beside is not None:
        with errors_shown_to_reader("drawing the events", _RECORDS_ONLY):
            return beside, session.map_document(workspace, digest, beside)
    return None, session.map_document(workspace, digest)


def _source(key: str, source: Source, dossier: Dossier) -> None:
    used = sum(any(c.source == key for c in record.claims) for record in dossier.records)
    author = f"{source.author}, " if source.author else ""
    grade = f"Source reliability {source.reliability}: {vocabulary.RELIABILITY[source.reliability]}"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(source.title)}**")
        st.markdown(plain(f"{author}{source.publisher}, {source.published.text}"))
        st.caption(plain(f"{grade}. Cited by {counted(used, 'record')}."))
        if source.relays:
            st.caption(plain(f"Relays: {'; '.join(source.relays)}."))
        if source.note:
            st.caption(plain(source.note))
        if source.url:
            st.link_button("Open source", source.url)


def _group(key: str, dossier: Dossier) -> None:
    group = dossier.groups[key]
    records = sum(key in record.groups for record in dossier.records)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(group.name)}**")
        st.markdown(plain(f"{group.short}, letter {group.letter}, {counted(records, 'record')}"))
        if group.also:
            st.caption(plain(f"Also known as: {', '.join(group.also)}."))
        for role in group.roles:
            st.caption(plain(_role(role)))
        if group.note:
            st.caption(plain(group.note))
        for line in standing_lines(key, dossier):
            st.markdown(plain(line))


def standing_lines(key: str, dossier: Dossier) -> list[str]:
    """What is said of a group at large: assessments and general statements, dated and sourced."""
    about = [one for one in dossier.assessments if key in one.about]
    lines = [_standing(one, dossier) for one in about]
    for name, one in dossier.statements.items():
        if key in one.about:
            referring = sum(any(c.statement == name for c in r.claims) for r in dossier.records)
            general = f" A general statement; {counted(referring, 'record')} {_refer(referring)}."
            lines.append(_standing(one, dossier) + general)
    return lines


def _standing(one: Assessment | Statement, dossier: Dossier) -> str:
    source = dossier.sources[one.source]
    name = dossier.groups[one.by].short if one.by in dossier.groups else one.by
    via = f", via {one.via}" if one.via else ""
    if one.date is not None:
        said = f"{one.date.text}{via}; {source.publisher}, {source.published.text}"
    else:
        said = f"undated{via}; {source.publisher}, {source.published.text}"
    return f"{name}: {one.text} ({said})"


def _refer(count: int) -> str:
    return "refers to it" if count == 1 else "refer to it"


def _role(role: RolePeriod) -> str:
    since = f" from {role.since.text}" if role.since else ""
    until = f" until {role.until.text}" if role.until else ""
    return f"{role.role.replace('_', ' ').capitalize()}{since}{until}"


def _meanings(meanings: tuple[vocabulary.Meaning, ...]) -> None:
    lines = (f"- **{meaning.label}.** {plain(meaning.definition)}" for meaning in meanings)
    st.markdown("\n".join(lines))


_BASE_MAP: Final = """
Relief, rivers, lakes, towns and boundaries are drawn to find one's way by. They say nothing about
incidents: a valley in a hatched province is not where something happened.
"""
_METHOD: Final = """
This map shows **what is reported**, and by whom. It does not show what happened, who controls
which area, or where a person is.

- A record is drawn **no more exactly than its source**. A province is an outline with a badge,
  never a point; a total over two cities is never divided between them.
- **The symbol shows the verification status**: a dashed outline for what is claimed by a party to
  the conflict only, a split symbol for what is disputed.
- **Not stated is not zero.** A record without a figure has a size of its own and is in no total.
- **What cannot be mapped is listed and counted**: claims about the whole country, places outside
  it, records with no location given, and places that could not be found.
- The **verification status is derived from the claims** by fixed rules. It rates the evidence, not
  the severity of the event.
- A **presence claim** reports that a group was somewhere at some time. It does not mean that the
  group controls the place.
- **Nothing leaves this computer**: no map tiles, no third-party scripts, no telemetry.
"""
