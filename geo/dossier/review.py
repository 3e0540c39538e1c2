r"""The review of records: who wrote their present content, who approved it, and whether that holds.

An approval is bound to a digest of what the record means (:func:`meaning_digest`). It counts only
while the record means the same and the person who approved it has not written in it since; nothing
needs to be taken away from a file for an approval to be void, whoever changes the record and with
whatever program. Layout, comments, quotes and the order of fields do not concern it.

Examples
--------
>>> from geo import open_workspace
>>> dossier = open_workspace().reading.dossier
>>> review_of(dossier.records[0], dossier.sources).state
'unreviewed'
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

from pydantic import BaseModel

from geo.dossier.drafts import is_draft
from geo.dossier.editing import Edit, applied
from geo.dossier.entries import LISTS, Entries, Section
from geo.dossier.intake import Reading, read_dossier
from geo.dossier.periods import Period
from geo.dossier.records import REVIEW_FIELDS, Approval, Record, Source
from geo.dossier.yaml_rewriting import same
from geo.errors import ConflictError, EditError, Problem
from geo.limits import MAX_LINE
from geo.text import harmless, same_person

ReviewState = Literal["draft", "unreviewed", "approved", "withdrawn"]
_WEIGHED: Final = ("published", "reliability", "belligerent", "independent_group")
"""The fields of a source from which the status of the records that cite it follows."""
_SINGULAR: Final[Mapping[str, str]] = {"incidents": "incident", "presence": "presence claim"}


@dataclass(frozen=True, slots=True)
class Review:
    """How far a record is reviewed.

    Parameters
    ----------
    state
        ``approved`` only if the approval holds. A withdrawn record is ``withdrawn``, approved or
        not; a draft is a ``draft``.
    approval
        The approval that the record carries, whether it holds or not.
    is_void
        Whether it carries one that does not hold.
    written_by
        Who wrote its present content since it was last approved.
    """

    state: ReviewState
    approval: Approval | None = None
    is_void: bool = False
    written_by: tuple[str, ...] = ()


def review_of(record: Record, sources: Mapping[str, Source]) -> Review:
    """Return how far a record is reviewed.

    Parameters
    ----------
    sources
        Those of its dossier.
    """
    approval = record.approved
    holds = (
        approval is not None
        and not _is_among(approval.by, record.written_by)
        and approval.digest == meaning_digest(record, sources)
    )
    state: ReviewState = "approved" if holds else "unreviewed"
    if record.withdrawn_because is not None:
        state = "withdrawn"
    if record.draft:
        state = "draft"
    is_void = approval is not None and not holds
    return Review(state, approval, is_void, record.written_by)


def meaning_digest(record: Record, sources: Mapping[str, Source]) -> str:
    """Return the SHA-256 of what a record means, in hexadecimal.

    It is over the fields as they are read, so that a default counts the same, given or left out;
    the general statements that the claims repeat; and of the sources that they cite what the status
    of the record follows from. The passages of a claim are part of it: whoever approves a record
    has compared it with those words and no others. The fields of the review are not part of it.
    """
    meaning = {name: one for name, one in _plain(record).items() if name not in REVIEW_FIELDS}
    cited = {claim.source for claim in record.claims} & sources.keys()
    weighed = {key: {name: _plain(getattr(sources[key], name)) for name in _WEIGHED}
               for key in cited}  # fmt: skip
    text = json.dumps([record.kind, meaning, weighed], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def approving(
    data: bytes, section: Section, key: str, *, by: str, why: str = "",
    problems: Iterable[Problem] = (),
) -> Edit:  # fmt: skip
    """Make the edit by which somebody approves a record as it is now.

    Parameters
    ----------
    data
        The bytes of the file as they are now.
    problems
        Errors that are not seen in the file itself, such as places that are not known.

    Raises
    ------
    EditError
        If there is no such record, it is a draft, withdrawn, approved already, or has an error; or
        if the person has written its present content, or gives no name.
    """
    name = _named(by)
    reading = read_dossier(data)
    record = _present(data, reading, section, key)
    review = review_of(record, reading.dossier.sources)
    called = f"{_SINGULAR[section]} {key!r}"
    faults = [one.message for one in problems if one.record == called and one.severity == "error"]
    if why_not := _why_not(review, name, faults):
        msg = f"{key}: {why_not}"
        raise EditError(msg)
    given = {
        "by": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "digest": meaning_digest(record, reading.dossier.sources),
    }
    return Edit.to(data, section, key, {"approved": given}, by=name, why=why)


def taking_back(data: bytes, section: Section, key: str, *, by: str, why: str = "") -> Edit:
    """Make the edit by which somebody takes the approval of a record back.

    Raises
    ------
    EditError
        If there is no such record, or it carries no approval.
    """
    edit = Edit.to(data, section, key, {"approved": None}, by=_named(by), why=why)
    if not edit.new:
        msg = f"{key}: carries no approval that could be taken back"
        raise EditError(msg)
    return edit


def authored(data: bytes, edit: Edit) -> Edit:
    """Add to an edit what it makes of the review of its record.

    Whoever edits the content of a record is one of those who wrote it. After a record was approved
    the names begin anew with the first who changes what it means.

    Parameters
    ----------
    data
        The bytes of the file to which the edit is about to be applied.

    Returns
    -------
    Edit
        The edit itself, if it is not of a record's content.

    Raises
    ------
    ConflictError
        If it approves what the record no longer says.
    EditError
        If it approves a record that its author cannot approve, or restores somebody else's
        approval.
    """
    if edit.section not in LISTS or edit.removes:
        return edit
    if edit.new.get("approved") is not None:
        _check_approval(data, edit)
    if not edit.new.keys() - REVIEW_FIELDS:
        if "written_by" in edit.new:
            msg = f"{edit.key}: the program keeps written_by itself; leave it as it is"
            raise EditError(msg)
        return edit
    entry = Entries.of(data).entry(edit.section, edit.key) or {}
    held = (edit.new if edit.creates else entry).get("written_by")
    known = [one for one in held if isinstance(one, str)] if isinstance(held, list) else []
    if entry.get("approved") is not None:
        if _holds(applied(data, edit, check=False), edit):
            return edit
        known = [] if _holds(data, edit) else known
    name = harmless(edit.by.strip())[:MAX_LINE]
    names = known if _is_among(name, known) or not name else [*known, name]
    return _with_names(edit, entry.get("written_by"), names or None)


def _with_names(edit: Edit, old: Any, names: list[str] | None) -> Edit:
    """The edit with these names, whatever it says about them itself."""
    was, now = dict(edit.old), dict(edit.new)
    if not same(old, names):
        was["written_by"], now["written_by"] = old, names
    elif "written_by" in now:
        del was["written_by"], now["written_by"]
    return replace(edit, old=was, new=now)


def _named(by: str) -> str:
    if not by.strip():
        msg = "a review needs the name of the person; give one"
        raise EditError(msg)
    return by.strip()


def _present(data: bytes, reading: Reading, section: Section, key: str) -> Record:
    """Find a record, or say what keeps it from being read."""
    if section not in LISTS:
        msg = f"{section}: only incidents and presence claims are approved"
        raise EditError(msg)
    for record in reading.dossier.incidents if section == "incidents" else reading.dossier.presence:
        if record.id == key:
            return record
    entry = Entries.of(data).entry(section, key)
    if entry is None:
        msg = f"{section}: there is no record {key!r}"
    elif is_draft(entry):
        msg = f"{key}: is a draft; make it a record first"
    else:
        called = f"{_SINGULAR[section]} {key!r}"
        said = "; ".join(one.message for one in reading.errors if one.record == called)
        msg = f"{key}: has an error; fix it first" + f": {said}" * bool(said)
    raise EditError(msg)


def _why_not(review: Review, name: str, faults: Sequence[str]) -> str:
    """Why somebody cannot approve a record; empty if they can."""
    if review.state == "withdrawn":
        return "is withdrawn; there is nothing to approve"
    if review.state == "draft":
        return "is a draft; make it a record first"
    if review.state == "approved" and review.approval is not None:
        return f"is already approved by {review.approval.by}"
    if faults:
        return f"has an error; fix it first: {'; '.join(faults)}"
    if _is_among(name, review.written_by):
        return "nobody approves their own record; you have written in it, so ask somebody else"
    return ""


def _check_approval(data: bytes, edit: Edit) -> None:
    """Refuse an approval that whoever edits could not give to the record as it is now."""
    given = edit.new["approved"]
    by = given.get("by") if isinstance(given, Mapping) else None
    if edit.creates or edit.new.keys() - {"approved"}:
        msg = f"{edit.key}: an approval is an edit of its own; save the record first"
        raise EditError(msg)
    if not isinstance(by, str) or not same_person(by, edit.by):
        if _holds(applied(data, edit, check=False), edit):
            msg = f"{edit.key}: only {by} can give this approval; approve the record yourself"
            raise EditError(msg)
        return
    now = approving(data, edit.section, edit.key, by=edit.by).new["approved"]
    if now["digest"] != given.get("digest"):
        msg = f"{edit.key}: has changed since you looked at it; look at it, then approve it again"
        raise ConflictError(msg)


def _holds(data: bytes, edit: Edit) -> bool:
    """Whether a record carries an approval that holds, in a version of the file."""
    reading = read_dossier(data)
    records = reading.dossier.incidents if edit.section == "incidents" else reading.dossier.presence
    record = next((one for one in records if one.id == edit.key), None)
    if record is None:
        return False
    review = review_of(record, reading.dossier.sources)
    return review.approval is not None and not review.is_void


def _is_among(name: str, names: Iterable[str]) -> bool:
    return any(same_person(name, one) for one in names)


def _plain(value: Any) -> Any:
    """A field as plain JSON, without the parts of it that have their default value."""
    if isinstance(value, Period):
        return value.edtf.strip()
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        given = {name: getattr(value, name) for name in fields}
        return {
            name: _plain(one) for name, one in given.items() if one != fields[name].get_default()
        }
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
