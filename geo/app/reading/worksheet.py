"""The suggested records of one document, and what a person has decided about each of them.

A worksheet is what is kept of the work on a document: values with the characters that they come
from. It holds no words of the document but those that a person sees beside a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from geo import limits
from geo.dossier.records import ClaimKind, SpeakerRole

WorkField = Literal["by", "against", "where", "when", "what"]
HarmField = Literal["killed", "injured", "killed_or_injured"]
ItemState = Literal["open", "accepted", "rejected"]
WorkSpan = tuple[int, int]

HARMS: Final[tuple[HarmField, ...]] = ("killed", "injured", "killed_or_injured")
_Text = Annotated[str, Field(max_length=limits.MAX_PROSE)]
_Spans = Annotated[tuple[WorkSpan, ...], Field(max_length=limits.MAX_CLAIMS)]


def _digest(words: str) -> str:
    return blake2b(words.encode(), digest_size=8).hexdigest()


class _WorkModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WorkChoice(_WorkModel):
    """One thing that an open value can mean, and what the entry then says."""

    label: _Text
    fields: Mapping[str, Any]


class WorkValue(_WorkModel):
    """A value of a suggested record.

    Parameters
    ----------
    field
        What it is the value of.
    label
        What it is called in a list.
    fields
        What the entry says; empty while `question` is open.
    spans
        The characters of the text that it comes from; never empty.
    note
        What the program makes of the words.
    choices
        What it can mean, while that is open.
    """

    field: WorkField | HarmField
    label: _Text
    fields: Mapping[str, Any]
    spans: _Spans
    note: _Text = ""
    question: _Text = ""
    choices: tuple[WorkChoice, ...] = ()

    @property
    def digest(self) -> str:
        """By which the page names it: the same for what is the same."""
        return _digest(self.model_dump_json())


class WorkClaim(_WorkModel):
    """A claim of a suggested record.

    Parameters
    ----------
    by
        The key of a group, or words; empty for the document's own voice.
    """

    by: _Text
    role: SpeakerRole | None
    says: ClaimKind
    via: _Text = ""
    spans: _Spans
    figures: tuple[WorkValue, ...] = ()

    @property
    def digest(self) -> str:
        """By which the page names it: it stays the same with other figures."""
        return _digest(self.model_dump_json(exclude={"figures"}))


class WorkItem(_WorkModel):
    """A suggested record.

    Parameters
    ----------
    number
        By which the page names it.
    questions
        What has to be decided, apart from the questions of the values.
    entry
        The id of the draft that was made of it; empty before that.
    """

    number: int
    section: Literal["incidents", "presence"]
    title: _Text
    values: tuple[WorkValue, ...] = ()
    claims: tuple[WorkClaim, ...] = ()
    questions: tuple[_Text, ...] = ()
    apart: Literal["", "outside", "general"] = ""
    state: ItemState = "open"
    entry: str = ""

    def of(self, field: WorkField) -> tuple[WorkValue, ...]:
        """The values of one field, in order."""
        return tuple(one for one in self.values if one.field == field)

    @property
    def spans(self) -> tuple[WorkSpan, ...]:
        """Every passage that something of it comes from, in the order of the text."""
        found = {span for one in self.values for span in one.spans}
        for claim in self.claims:
            found.update(claim.spans)
            found.update(span for one in claim.figures for span in one.spans)
        return tuple(sorted(found))


class Worksheet(_WorkModel):
    """The work on one document.

    Parameters
    ----------
    document
        SHA-256 of the document.
    name
        The name of its file.
    source
        The key of the source that the document belongs to; empty, if it is a new one.
    new_source
        What has been entered for a new source: its title, publisher and date of publication.
    published
        The day to which "yesterday" in the document refers, as EDTF; empty, if it is not known.
    """

    document: str
    name: _Text
    items: Annotated[tuple[WorkItem, ...], Field(max_length=limits.MAX_CLAIMS)] = ()
    source: str = ""
    new_source: Mapping[str, str] = Field(default_factory=dict)
    published: str = ""

    def item(self, number: int) -> WorkItem | None:
        """The item of a number; ``None`` if there is none."""
        return next((one for one in self.items if one.number == number), None)

    def with_items(self, items: Iterable[WorkItem]) -> Worksheet:
        """The same work with other items."""
        return self.model_copy(update={"items": tuple(items)})

    def with_item(self, item: WorkItem) -> Worksheet:
        """The same work with one item in place of that of its number."""
        return self.with_items(item if one.number == item.number else one for one in self.items)

    @property
    def next_number(self) -> int:
        """A number that no item has."""
        return 1 + max((one.number for one in self.items), default=0)

    def count(self, state: ItemState) -> int:
        """How many items are in a state."""
        return sum(one.state == state for one in self.items)

    @property
    def used(self) -> tuple[WorkSpan, ...]:
        """The passages that records have been made of."""
        found = {span for one in self.items if one.state == "accepted" for span in one.spans}
        return tuple(sorted(found))


def say_progress(worksheet: Worksheet) -> str:
    """Say what has been decided about a document.

    Examples
    --------
    >>> say_progress(Worksheet(document="0" * 64, name="report.html"))
    'No suggestions'
    """
    if not worksheet.items:
        return "No suggestions"
    counts = {"accepted": worksheet.count("accepted"), "rejected": worksheet.count("rejected"),
              "still open": worksheet.count("open")}  # fmt: skip
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
