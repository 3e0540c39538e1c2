"""Text and suggestions side by side, as a component that is told what is in a worksheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo.app.component import linked_script, numbered_acts, shared_style
from geo.app.reading.worksheet import WorkClaim, WorkItem, Worksheet, WorkSpan, WorkValue
from geo.dossier.records import Dossier
from geo.reports.mentions import (
    DateMention,
    EventMention,
    GroupMention,
    Mention,
    NumberMention,
    PlaceMention,
    SpeakerMention,
)
from geo.table.workspace import Workspace
from geo.wording.vocabulary import CLAIM_KINDS

KINDS: Final[Mapping[str, str]] = {
    "place": "Place", "group": "Group", "date": "Date", "number": "Number", "speaker": "Speaker",
    "event": "Event",
}  # fmt: skip
FIELDS: Final[Mapping[str, str]] = {
    "by": "Who acts", "against": "Against", "where": "Place", "when": "Date",
    "killed": "Killed", "injured": "Injured", "killed_or_injured": "Killed or injured",
    "claim": "A claim",
}  # fmt: skip
"""What selected words can be added as."""
_MOST_WAITING: Final = 200
"""Most acts that wait for an answer: more than a hand asks for while the page runs once."""
_APART: Final = {"outside": "Outside {0}", "general": "General judgement", "": ""}
_SECTIONS: Final = {"incidents": "Incident", "presence": "Presence claim"}
_COUNTED: Final = {"killed": "killed", "injured": "injured", "killed_or_injured":
                   "killed or injured", "captured": "captured", "other": "people"}  # fmt: skip


_pane = st.components.v2.component(
    "incident_map_reading",
    css=shared_style("app/reading/pane.css"),
    js=linked_script("app/pane/pane.js", "IncidentMapReading", "mountPane"),
)


@dataclass(frozen=True)
class PaneNote:
    """What a component is told beside a worksheet.

    Parameters
    ----------
    said
        What came of the last act.
    at
        The number of the item to open; 0 for the one that is open in the browser.
    lit
        Characters to light at first, in place of those of an item.
    taken
        The number of the last act that has been done or refused.
    """

    said: str = ""
    at: int = 0
    lit: tuple[WorkSpan, ...] = ()
    taken: int = 0


def reading_pane(
    text: str, mentions: Sequence[Mention], work: Worksheet, workspace: Workspace, note: PaneNote,
    *, key: str, on_acts: Callable[[], None],
) -> None:  # fmt: skip
    """Show a document and its suggestions.

    Parameters
    ----------
    on_acts
        Called when a person asks for something; see :func:`last_acts`.
    """
    dossier, country = workspace.reading.dossier, workspace.country.name
    wanted = {
        "document": work.document,
        "text": text,
        "marks": [[one.start, one.end, one.kind, say_mention(one)] for one in mentions],
        "items": [_item(one, dossier, country) for one in work.items],
        "used": work.used,
        "kinds": [*KINDS.items()],
        "fields": [*FIELDS.items()],
        "said": note.said,
        "at": note.at,
        "lit": note.lit,
        "taken": note.taken,
    }
    _pane(key=key, data=wanted, on_acts_change=on_acts)


def last_acts(key: str, after: int) -> tuple[tuple[int, Mapping[str, Any]], ...]:
    """Return what somebody has asked for and has not been done, within the callback.

    Parameters
    ----------
    after
        The number of the last act that has been done or refused.

    Returns
    -------
    tuple
        Pairs of a growing number and an ``Act`` as in ``pane/types.d.ts``, unchecked.
    """
    stored = st.session_state.get(key)
    given = stored.get("acts") if isinstance(stored, Mapping) else None
    return numbered_acts(given, _MOST_WAITING, after)


def _item(item: WorkItem, dossier: Dossier, country: str) -> dict[str, Any]:
    return {
        "number": item.number, "kind": _SECTIONS[item.section], "title": item.title,
        "state": item.state, "apart": _APART[item.apart].format(country),
        "values": [_value(one) for one in item.values],
        "claims": [_claim(one, dossier) for one in item.claims],
        "questions": item.questions, "spans": item.spans,
    }  # fmt: skip


def _value(value: WorkValue) -> dict[str, Any]:
    return {
        "field": value.field, "label": value.label, "note": value.note, "spans": value.spans,
        "digest": value.digest, "question": value.question,
        "choices": [one.label for one in value.choices],
        "settled": bool(value.fields) and not value.question,
    }  # fmt: skip


def _claim(claim: WorkClaim, dossier: Dossier) -> dict[str, Any]:
    by = dossier.groups[claim.by].short if claim.by in dossier.groups else claim.by
    via = f", through {claim.via}" if claim.via else ""
    label = f"{by or 'The document itself'} {CLAIM_KINDS[claim.says]}{via}"
    figures = [
        {**_value(one), "label": f"{one.label} {_COUNTED[one.field]}"} for one in claim.figures
    ]
    return {"label": label, "spans": claim.spans, "digest": claim.digest, "figures": figures}


def say_mention(mention: Mention) -> str:
    """Say what the words of a mention are read as."""
    value = mention.value
    match value:
        case PlaceMention():
            return _place(value)
        case GroupMention():
            return value.question or f"{value.name} (group)."
        case DateMention():
            return value.question or f"{value.words}."
        case NumberMention():
            return value.question or f"{_ends(value)} {_COUNTED[value.of_what]}."
        case SpeakerMention():
            return f"{value.name or 'somebody'} {CLAIM_KINDS[value.says]}."
        case EventMention():
            return f"{value.sub_event_type or value.event_type or value.presence}."


def _place(value: PlaceMention) -> str:
    found = value.location
    if found.off == "unknown":
        return found.note or "Not a place that the gazetteer has."
    return f"{found.name} ({found.kind or found.precision}). {found.note}".strip()


def _ends(value: NumberMention) -> str:
    known = [one for one in (value.low, value.high) if one is not None]
    if not known:
        return str(value.best)
    if value.high is None:
        return f"at least {value.low}"
    if value.low is None:
        return f"at most {value.high}"
    return str(value.low) if value.low == value.high else f"{value.low} to {value.high}"
