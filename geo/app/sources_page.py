"""The sources page: each source with its grade, and each group with its assessments."""

from __future__ import annotations

import streamlit as st

from geo.app import session
from geo.app.controls import TO_READ
from geo.app.ignored_filters import filters_note
from geo.app.plain import show_text
from geo.dossier.records import Assessment, Dossier, RolePeriod, Source, Statement
from geo.text import ascii_address, counted
from geo.wording import vocabulary


def sources_page() -> None:
    """The sources with their grades, and the groups with what is judged of them at large."""
    workspace = session.workspace()
    dossier = workspace.reading.dossier
    st.html(TO_READ)
    st.title("Sources", anchor=False)
    st.caption(
        "The letter is the reliability of the source by the Admiralty code. F means unrated, "
        "not unreliable."
    )
    if note := filters_note(session.view(), "This page counts every record."):
        st.caption(note)
    for key, source in dossier.sources.items():
        _source(key, source, dossier)
    st.header("Groups", anchor=False)
    for key in dossier.groups:
        _group(key, dossier)


def _source(key: str, source: Source, dossier: Dossier) -> None:
    used = sum(any(c.source == key for c in record.claims) for record in dossier.records)
    author = f"{source.author}, " if source.author else ""
    grade = f"Source reliability {source.reliability}: {vocabulary.RELIABILITY[source.reliability]}"
    with st.container(border=True, gap="xsmall"):
        show_text(source.title, "strong")
        show_text(f"{author}{source.publisher}, {source.published.text}")
        show_text(f"{grade}. Cited by {counted(used, 'record')}.", "caption")
        if source.relays:
            show_text(f"Relays: {'; '.join(source.relays)}.", "caption")
        if source.note:
            show_text(source.note, "caption")
        if source.url:
            st.link_button("Open source", ascii_address(source.url))


def _group(key: str, dossier: Dossier) -> None:
    group = dossier.groups[key]
    records = sum(key in record.groups for record in dossier.records)
    with st.container(border=True, gap="xsmall"):
        show_text(group.name, "strong")
        show_text(f"{group.short}, letter {group.letter}, {counted(records, 'record')}")
        if group.also:
            show_text(f"Also known as: {', '.join(group.also)}.", "caption")
        for role in group.roles:
            show_text(_role(role), "caption")
        if group.note:
            show_text(group.note, "caption")
        for line in standing_lines(key, dossier):
            show_text(line)


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
        cited = f"{one.date.text}{via}; {source.publisher}, {source.published.text}"
    else:
        cited = f"undated{via}; {source.publisher}, {source.published.text}"
    return f"{name}: {one.text} ({cited})"


def _refer(count: int) -> str:
    return "refers to it" if count == 1 else "refer to it"


def _role(role: RolePeriod) -> str:
    since = f" from {role.since.text}" if role.since else ""
    until = f" until {role.until.text}" if role.until else ""
    return f"{role.role.replace('_', ' ').capitalize()}{since}{until}"
