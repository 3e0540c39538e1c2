"""From a suggestion, as a person left it, to the draft of a record with its passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from geo.app.editing.naming import short_name
from geo.app.reading.worksheet import WorkClaim, WorkItem, WorkSpan, WorkValue
from geo.documents.document import Document
from geo.documents.passages import passage_of
from geo.dossier.records import CIVILIANS, CONTESTING, Dossier, Source
from geo.table.search import fold
from geo.text import capitalised

_CONTESTED: Final[Mapping[str, str]] = {
    "denial": "Denies this: {0}.", "doubt": "Doubts this: {0}.",
    "acknowledgement": "Acknowledges this: {0}.",
}  # fmt: skip
_NO_WORDS: Final = "Not stated in words of our own yet"


def draft_of(
    item: WorkItem, document: Document, source: tuple[str, Source | None], dossier: Dossier,
    taken: Iterable[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """Return the draft that an item stands for.

    Parameters
    ----------
    source
        The key of the source that the document belongs to, and the source, if it can be read.
    taken
        The ids that records and drafts have.

    Returns
    -------
    dict
        An entry of the dossier as plain YAML. What is open in the item is not in it, and every
        claim has the passages that it comes from.
    """
    dates = [one.fields["edtf"] for one in item.of("when") if one.fields]
    entry: dict[str, Any] = {
        "id": short_name(item.title, dates[0] if dates else "", taken),
        "title": item.title,
        **(_incident(item, dates) if item.section == "incidents" else _presence(item, dates)),
    }
    if words := [one.fields["words"] for one in _groups(item) if "words" in one.fields]:
        entry["groups_said"] = ", ".join(dict.fromkeys(words))
    entry["where"] = [dict(one.fields) for one in item.of("where") if one.fields]
    entry["claims"] = _claims(item, document, source, dossier)
    entry["draft"] = True
    return entry


def _groups(item: WorkItem) -> tuple[WorkValue, ...]:
    return (*item.of("by"), *item.of("against"))


def _keys(values: Iterable[WorkValue]) -> list[str]:
    return list(dict.fromkeys(one.fields["key"] for one in values if one.fields.get("key")))


def _incident(item: WorkItem, dates: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"by": _keys(item.of("by")), "against": _keys(item.of("against"))}
    for one in item.of("what"):
        found |= one.fields
    found = {name: value for name, value in found.items() if value}
    return found | ({"when": dates[0]} if dates else {})


def _presence(item: WorkItem, dates: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"groups": _keys(_groups(item))}
    for one in item.of("what"):
        found |= one.fields
    return found | ({"first": dates[0]} if dates else {})


def _claims(
    item: WorkItem, document: Document, source: tuple[str, Source | None], dossier: Dossier
) -> list[dict[str, Any]]:  # fmt: skip
    made = [_claim(one, item, source, dossier) for one in item.claims]
    spans = [[*one.spans, *(span for each in one.figures for span in each.spans)]
             for one in item.claims]  # fmt: skip
    if made:
        # The words of what all claims are about stand with the first of them.
        spans[0] += [span for one in item.values for span in one.spans]
    for claim, its in zip(made, spans, strict=True):
        claim["passages"] = [
            passage_of(document, start, end).model_dump(exclude_none=True)
            for start, end in _outermost(its)
        ]
    return made


def _outermost(spans: Iterable[WorkSpan]) -> list[WorkSpan]:
    """The spans that are in no other one, in the order of the text.

    Examples
    --------
    >>> _outermost([(4, 9), (0, 20), (30, 35), (4, 9)])
    [(0, 20), (30, 35)]
    """
    found: list[WorkSpan] = []
    for start, end in sorted(set(spans), key=lambda one: (one[0], -one[1])):
        if not found or end > found[-1][1]:
            found.append((start, end))
    return found


def _claim(
    one: WorkClaim, item: WorkItem, source: tuple[str, Source | None], dossier: Dossier
) -> dict[str, Any]:  # fmt: skip
    key, document_source = source
    own = document_source.publisher if document_source else ""
    found: dict[str, Any] = {
        "by": one.by or own, "role": one.role or ("media" if not one.by else None),
        "says": one.says, "text": draft_claim_text(one, item), "source": key, "via": one.via,
    }  # fmt: skip
    for figure in one.figures:
        if "count" in figure.fields:
            found[figure.field] = figure.fields["count"]
            found["of"] = found.get("of") or _whom(figure.fields.get("whom", ""), dossier)
    if any(figure.fields for figure in one.figures) and len(item.of("where")) > 1:
        found["scope"] = "total"
    return {name: value for name, value in found.items() if value is not None and value != ""}


def draft_claim_text(claim: WorkClaim, item: WorkItem) -> str:
    """What a claim says, in words that its fields have and never those of the document.

    Examples
    --------
    >>> denial = WorkClaim(by="taliban", role="opposing_party", says="denial", spans=((0, 9),))
    >>> item = WorkItem(number=1, section="incidents", title="Fighting in Baghlan")
    >>> draft_claim_text(denial, item)
    'Denies this: Fighting in Baghlan.'
    """
    title = item.title.rstrip(".") or _NO_WORDS
    said = _CONTESTED.get(claim.says, "{0}.").format(title)
    if claim.says in CONTESTING:
        return said
    figures = [f"{one.label} {one.field.replace('_', ' ')}" for one in claim.figures if one.fields]
    return f"{said} {capitalised('; '.join(figures))}." if figures else said


def _whom(words: str, dossier: Dossier) -> str | None:
    """Whom a figure counts: a group of the dossier where the words name one, else the words."""
    folded = f" {fold(words)} "
    if not folded.strip():
        return None
    if CIVILIANS in folded:
        return CIVILIANS
    for key, group in dossier.groups.items():
        if any(f" {fold(name)} " in folded for name in (group.name, group.short, *group.also)):
            return key
    return words
