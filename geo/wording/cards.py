"""The text of a record's card: its fields, its claims and its sources."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from geo.dossier.evidence import Evidence, Harm
from geo.dossier.records import Claim, Dossier, Incident, Source, Statement
from geo.dossier.review import Review
from geo.text import listed
from geo.wording import vocabulary
from geo.wording.ageing import latest_report, say_latest_report
from geo.wording.sentences import claim_figures, say_counted, say_each, speaker


def facts(
    evidence: Evidence, dossier: Dossier, as_of: date | None = None, *, review: Review | None = None
) -> Iterator[tuple[str, str]]:
    """The fields of a record in words, in reading order.

    Parameters
    ----------
    as_of
        The day on which the age of presence claims is stated; without it, no age is stated.
    review
        How far the record is reviewed; ``None`` in a dossier that knows no review.

    Yields
    ------
    tuple[str, str]
        Label and value.
    """
    record = evidence.record
    if record.withdrawn_because:
        yield "Withdrawn", record.withdrawn_because
    when = record.period.text
    known = vocabulary.DATE_PRECISIONS[record.period.precision]
    precision = "stated only roughly" if record.period.approximate else known
    # The text of an uncertain date says that it is uncertain; a precision would contradict it.
    yield "When", when if record.period.uncertain else f"{when} ({precision})"
    if record.when_said:
        yield "In the source’s words", record.when_said
    if isinstance(record, Incident):
        yield "By", _names(record.by, dossier) or record.groups_said or "not named"
        if record.against:
            yield "Against", _names(record.against, dossier)
        if record.event_type:
            kind = record.sub_event_type
            yield (
                "Event type (ACLED)",
                f"{record.event_type}: {kind}" if kind else record.event_type,
            )
        yield from _harm(evidence, dossier)
    else:
        yield "Group", _names(record.groups, dossier) or record.groups_said or "not named"
        yield "Type of presence", vocabulary.PRESENCE_KINDS[record.presence_kind]
        if cited := latest_report(evidence, dossier):
            yield "Last reported", say_latest_report(cited, as_of).removeprefix("last reported ")
    meaning = vocabulary.status_meaning(evidence.status)
    yield "Verification status", f"{meaning.label}. {record.status_because or meaning.definition}"
    yield "Attribution", vocabulary.ATTRIBUTIONS[evidence.attribution]
    if review is not None:
        yield vocabulary.FIELDS["reviews"], say_review(review)
    if record.note:
        yield "Note", record.note


def say_review(review: Review) -> str:
    """How far a record is reviewed, in a few words.

    Examples
    --------
    >>> say_review(Review("draft")), say_review(Review("unreviewed"))
    ('Draft', 'Not reviewed')
    """
    approval = review.approval
    if review.state == "draft" or approval is None:
        return {one.key: one.label for one in vocabulary.REVIEWS}[review.state]
    at = approval.at
    said = f"Approved by {approval.by}, {at.day} {calendar.month_name[at.month]} {at.year}"
    return f"{said}, but changed since" if review.is_void else said


def _harm(evidence: Evidence, dossier: Dossier) -> Iterator[tuple[str, str]]:
    yield "Fatalities", _figure_fact(evidence, dossier, "killed")
    others: tuple[tuple[str, Harm], ...] = (
        ("Injured", "injured"),
        ("Killed or injured", "killed_or_injured"),
    )
    for label, harm in others:
        if evidence.figures(harm).stated:
            yield label, _figure_fact(evidence, dossier, harm)


def _figure_fact(evidence: Evidence, dossier: Dossier, harm: Harm) -> str:
    figures = evidence.figures(harm)
    if not figures.stated:
        return "not stated (not the same as none)"
    basis = {
        "claimed_by_party": "claimed by a party only",
        "independent": "reported by third parties",
        "un": "reported by the United Nations",
    }[figures.basis]
    whole = ", all places together" if figures.scope == "total" else ""
    if len(figures.of) > 1:
        return f"{say_each(evidence, dossier, harm)} ({basis}{whole})"
    return f"{say_counted(figures, dossier.groups)} ({basis}{whole})"


def _names(keys: tuple[str, ...], dossier: Dossier) -> str:
    return listed([dossier.groups[key].short if key in dossier.groups else key for key in keys])


def claims(evidence: Evidence, dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Each claim of a record in words.

    Yields
    ------
    dict
        ``who``, ``role``, ``says``, ``stance``, ``text``, ``date``, ``figures`` and
        ``credibility`` as text; ``source`` as the number of the source in the dossier, from 0;
        ``passages``, how many passages of a document on file it rests on.
    """
    order = list(dossier.sources)
    for claim, stance in evidence.claims:
        yield {
            "who": speaker(claim, dossier.groups),
            "role": vocabulary.ROLES[claim.role],
            "says": vocabulary.CLAIM_KINDS[claim.says],
            "stance": stance,
            "text": claim.text,
            "date": _said_when(claim),
            "figures": claim_figures(claim, dossier.groups),
            "credibility": f"{claim.credibility}: {vocabulary.CREDIBILITY[claim.credibility]}",
            "source": order.index(claim.source),
            "passages": len(claim.passages),
        }


def say_passages(claims: Sequence[Claim | Statement]) -> str:
    """Whether the words that claims rest on are on file; empty, if those of none are.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> some, none = SimpleNamespace(passages=[1, 2]), SimpleNamespace(passages=())
    >>> say_passages([some]), say_passages([some, none, some]), say_passages([none])
    ('Passages on file', 'Passages on file for 2 of 3 claims', '')
    """
    held = [len(one.passages) for one in claims if one.passages]
    if not held:
        return ""
    said = "Passage on file" if sum(held) == 1 else "Passages on file"
    return said if len(held) == len(claims) else f"{said} for {len(held)} of {len(claims)} claims"


def _said_when(claim: Claim) -> str:
    said = (
        claim.date.text if claim.date else "",
        f"via {claim.via}" if claim.via else "",
        "a general statement, not about this record alone" if claim.statement else "",
    )
    return ", ".join(part for part in said if part)


def source(key: str, about: Source) -> dict[str, Any]:
    """A source, with its reliability in words.

    Returns
    -------
    dict
        ``key``, ``title``, ``publisher``, ``author``, ``published``, ``url`` and ``note`` as text;
        ``grade`` (A to F) and ``gradeText``; ``relays``, the list of whom it passes on.
    """
    return {
        "key": key,
        "title": about.title,
        "publisher": about.publisher,
        "author": about.author or "",
        "published": about.published.text,
        "grade": about.reliability,
        "gradeText": vocabulary.RELIABILITY[about.reliability],
        "url": about.url,
        "relays": list(about.relays),
        "note": about.note or "",
    }
