"""What was read in a document, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geo.changes.json_output import location_json
from geo.documents.document import Document
from geo.reports.mentions import (
    DateMention,
    EventMention,
    GroupMention,
    Mention,
    MentionValue,
    NumberMention,
    PlaceMention,
    SpeakerMention,
)
from geo.reports.report import Report
from geo.reports.suggestions import SuggestedClaim, SuggestedRecord, TextSpan


def report_json(document: Document, report: Report) -> dict[str, Any]:
    """One document as ``incident-map read --format json`` prints it.

    Returns
    -------
    dict
        ``document``, ``mentions`` and ``suggestions``; JSON values only. ``start`` and ``end``
        count characters of the text of the document.
    """
    day = report.published
    return {
        "document": {
            "sha256": document.sha256,
            "title": document.title,
            "published": day.isoformat() if day else None,
        },
        "mentions": [_mention(one) for one in report.mentions],
        "suggestions": [_suggestion(one) for one in report.suggestions],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "kind": mention.kind,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "value": _value(mention.value),
    }


def _value(value: MentionValue) -> dict[str, Any]:
    match value:
        case PlaceMention():
            return {**location_json(value.location), "in_dateline": value.in_dateline}
        case GroupMention():
            return _group(value)
        case DateMention():
            return {**_date(value), "in_dateline": value.in_dateline}
        case NumberMention():
            return _number(value)
        case SpeakerMention():
            return {
                "by": value.name,
                "role": value.role,
                "says": value.says,
                "verb": value.verb,
                "via": value.via or None,
            }
        case EventMention():
            return _event(value)


def _group(group: GroupMention) -> dict[str, Any]:
    return {
        "key": group.key or None,
        "name": group.name,
        "candidates": list(group.candidates),
        "question": group.question,
    }


def _date(day: DateMention) -> dict[str, Any]:
    return {
        "edtf": day.edtf or None,
        "words": day.words,
        "basis": day.basis,
        "candidates": [one.edtf for one in day.candidates],
        "question": day.question,
    }


def _number(number: NumberMention) -> dict[str, Any]:
    return {
        "low": number.low,
        "best": number.best,
        "high": number.high,
        "of_what": number.of_what,
        "whom": number.whom,
        "question": number.question,
    }


def _event(event: EventMention) -> dict[str, Any]:
    return {
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type or None,
        "presence": event.presence,
    }


def _suggestion(record: SuggestedRecord) -> dict[str, Any]:
    event = None
    if record.event is not None:
        event = {**_event(record.event), "passages": _passages(record.event_passages)}
    when = None
    if record.when is not None:
        when = {**_date(record.when.date), "passages": _passages(record.when.passages)}
    return {
        "kind": record.kind,
        "title": record.title,
        "apart": record.apart or None,
        "confidence": record.confidence,
        "groups": [
            {**_group(one.group), "passages": _passages(one.passages)} for one in record.groups
        ],
        "against": [
            {**_group(one.group), "passages": _passages(one.passages)} for one in record.against
        ],
        "places": [
            {**location_json(one.location), "passages": _passages(one.passages)}
            for one in record.places
        ],
        "when": when,
        "event": event,
        "claims": [_claim(one) for one in record.claims],
        "questions": list(record.questions),
    }


def _claim(claim: SuggestedClaim) -> dict[str, Any]:
    return {
        "by": claim.by,
        "role": claim.role,
        "says": claim.says,
        "via": claim.via or None,
        "figures": [
            {**_number(one.number), "passages": _passages(one.passages)} for one in claim.figures
        ],
        "confidence": claim.confidence,
        "passages": _passages(claim.passages),
    }


def _passages(spans: Iterable[TextSpan]) -> list[dict[str, int]]:
    return [{"start": one.start, "end": one.end} for one in spans]
