"""The fields of a statement about counts, put together as the command line reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import streamlit as st

from geo.table.workspace import Workspace
from geo.view.question import UNNAMED
from geo.wording import vocabulary

StatementKind = Literal[
    "more", "at-least", "at-most", "share", "rises", "falls", "most", "first", "last"
]
_KINDS: Final[Mapping[StatementKind, str]] = {
    "more": "There are more records in A than in B",
    "at-least": "There are at least so many records",
    "at-most": "There are at most so many records",
    "share": "More than a share of the records has a status",
    "rises": "From each period to the next there are more",
    "falls": "From each period to the next there are fewer",
    "most": "One has more records than any other",
    "first": "A record is the first",
    "last": "A record is the last",
}
_UNITS: Final = ("month", "quarter", "year")
_RANKED: Final = {"province": "Province", "group": "Group", "status": "Verification status"}
_ALL: Final = ""
_MOST: Final = 10_000
"""The largest number that can be asked about: more than a dossier has records."""


def statement_fields(workspace: Workspace) -> str | None:
    """Show the fields, and return the statement in the words of ``incident-map check``.

    Returns
    -------
    str or None
        ``None`` while it compares everything with itself.
    """
    kind: StatementKind = st.selectbox(
        "Statement", list(_KINDS), format_func=_KINDS.__getitem__, key="statement-kind"
    )
    if kind == "more":
        left, right = st.columns(2)
        with left:
            first = _cell(workspace, "A")
        with right:
            second = _cell(workspace, "B")
        return None if first == second else f"more: {first}; than: {second}"
    cell = f"; in: {_cell(workspace, '')}"
    return f"{_claim(kind, workspace)}{cell}"


def _claim(kind: StatementKind, workspace: Workspace) -> str:
    """What is stated of a cell."""
    if kind in {"at-least", "at-most"}:
        number = st.number_input("Number of records", 0, _MOST, 5, key="statement-number")
        return f"{kind}: {number}"
    if kind == "share":
        share = st.number_input("More than, in percent", 0, 99, 50, key="statement-share")
        status = _status("Verification status")
        return f"share: above {share}%; status: {status}"
    if kind in {"rises", "falls"}:
        unit = st.selectbox("By", _UNITS, key="statement-unit")
        period = st.text_input(
            "From the first to the last period", "2022/2024", key="statement-run"
        )  # fmt: skip
        return f"{kind}: by {unit}; period: {period}"
    if kind == "most":
        return f"most: {_ranked(workspace)}"
    record = st.selectbox(
        "Record", [one.id for one in workspace.reading.dossier.records], key="statement-record",
        format_func=lambda key: titles(workspace).get(key, key),
    )  # fmt: skip
    return f"{kind}: record={record}"


def _ranked(workspace: Workspace) -> str:
    by = st.selectbox("Which", list(_RANKED), format_func=_RANKED.__getitem__, key="statement-by")
    if by == "province":
        return f"province={_province(workspace, 'Province that has the most', optional=False)}"
    if by == "group":
        return f"group={_group(workspace, 'Group that has the most', optional=False)}"
    return f"status={_status('Status that has the most')}"


def _cell(workspace: Workspace, name: str) -> str:
    """The fields of a part of the records: all that are left empty count everything."""
    end = f" of {name}" if name else ""
    period = st.text_input(
        f"Period{end}", key=f"cell-period-{name}", placeholder="2022, 2022-05 or 2022-05/2022-08"
    )
    parts = {
        "period": period.strip(),
        "province": _province(workspace, f"Province{end}"),
        "group": _group(workspace, f"Group{end}"),
    }
    kinds = ["", *(one.key for one in vocabulary.KINDS)]
    labels = {one.key: one.label for one in vocabulary.KINDS}
    parts["kind"] = st.selectbox(f"Record type{end}", kinds, key=f"cell-kind-{name}",
                                 format_func=lambda key: labels.get(key, "Both"))  # fmt: skip
    given = [f"{field}={value}" for field, value in parts.items() if value]
    return ", ".join(given) or "all"


def _province(workspace: Workspace, label: str, *, optional: bool = True) -> str:
    names = {one.code: one.name for one in workspace.country.provinces}
    codes = sorted(names, key=names.__getitem__)
    return st.selectbox(label, [_ALL, *codes] if optional else codes, key=f"in-{label}",
                        format_func=lambda code: names.get(code, "Any province"))  # fmt: skip


def _group(workspace: Workspace, label: str, *, optional: bool = True) -> str:
    names = {key: one.name for key, one in workspace.reading.dossier.groups.items()}
    names[UNNAMED] = vocabulary.UNNAMED_NAME
    keys = list(names)
    return st.selectbox(label, [_ALL, *keys] if optional else keys, key=f"by-{label}",
                        format_func=lambda key: names.get(key, "Any group"))  # fmt: skip


def _status(label: str) -> str:
    labels = {one.key: one.label for one in vocabulary.STATUSES}
    return st.selectbox(label, list(labels), index=list(labels).index("claimed_only"),
                        format_func=labels.__getitem__, key=f"status-{label}")  # fmt: skip


def titles(workspace: Workspace) -> Mapping[str, str]:
    """The headlines of the records.

    Returns
    -------
    Mapping
        By the id of the record.
    """
    return {one.id: one.title for one in workspace.reading.dossier.records}
