"""The sheets of a workbook and their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.dossier.entries import Section
from geo.dossier.records import (
    ClaimKind,
    ColourName,
    CoordinateBasis,
    EventType,
    PlaceKind,
    PresenceKind,
    Reliability,
    SpeakerRole,
    StatusKey,
)

CellKind = Literal["text", "key", "keys", "lines", "roles", "date", "whole", "decimal", "choice"]
"""What a cell holds: a text; a key of another sheet; several keys, with commas; several texts or
roles, one to a line; a date in EDTF; a number; one of a list."""
Parent = Literal["", "where", "claims"]
"""The field of a record whose elements are the rows of a sheet; empty where entries are."""

INCIDENT: Final = "incident"
PRESENCE: Final = "presence claim"
"""The two kinds of records, as the column ``kind`` has them."""
KINDS: Final[dict[str, Section]] = {INCIDENT: "incidents", PRESENCE: "presence"}
"""The section of each kind of record."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet.

    Parameters
    ----------
    field
        The field of the entry, or of the element of its list.
    note
        What belongs in it, in a sentence or two: the comment of its heading.
    choices
        The values of a choice.
    part
        The part of a figure: low, best, high, said.
    keys_of
        The sheet that has the keys, where the cell holds one.
    width
        Width in characters.
    """

    field: str
    kind: CellKind
    note: str
    choices: tuple[str, ...] = ()
    part: str = ""
    keys_of: str = ""
    width: int = 16

    @property
    def heading(self) -> str:
        """The heading of the column: the best figure has the name of its field alone."""
        return f"{self.field} {self.part}" if self.part not in {"", "best"} else self.field


@dataclass(frozen=True, slots=True)
class DossierSheet:
    """One sheet.

    Parameters
    ----------
    sections
        The sections whose entries it has.
    keys
        The headings of the columns that say whose row it is.
    """

    name: str
    sections: tuple[Section, ...]
    keys: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    parent: Parent = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings in their order."""
        return (*self.keys, *(one.heading for one in self.columns))


def _text(field: str, note: str, width: int = 24) -> SheetColumn:
    return SheetColumn(field, "text", note, width=width)


def _choice(field: str, note: str, choices: tuple[str, ...], width: int = 18) -> SheetColumn:
    return SheetColumn(field, "choice", note, choices, width=width)


def _date(field: str, note: str) -> SheetColumn:
    return SheetColumn(
        field, "date", f"{note} A date in EDTF: 2022-05-24, 2022-05, 2022-21 (spring), 2024~ "
        "(about), 2022-05? (uncertain), 2022-04-21/2022-04-30, ../2024, 2021-08-15/..", width=22,
    )  # fmt: skip


def _keys(field: str, note: str, keys_of: str) -> SheetColumn:
    return SheetColumn(field, "keys", f"{note} Several with commas.", keys_of=keys_of)


def _key(field: str, note: str, keys_of: str) -> SheetColumn:
    return SheetColumn(field, "key", note, keys_of=keys_of, width=18)


def _figure(field: str, what: str) -> tuple[SheetColumn, ...]:
    empty = "Empty: not stated, which is not 0."
    notes = {
        "best": f"People {what}: the number, or the best one. {empty}",
        "low": f"People {what}: at least so many. {empty}",
        "high": f"People {what}: at most so many. {empty}",
    }
    said = f"People {what}: the words of the source. Needed for a 0."
    numbers = (SheetColumn(field, "whole", note, part=part) for part, note in notes.items())
    return (*numbers, SheetColumn(field, "text", said, part="said", width=20))


_CREDIBILITY: Final = tuple(map(str, range(1, 7)))
"""Information credibility of the Admiralty code."""
_LONG: Final = 50
"""Width in characters of a column of sentences."""

RECORDS: Final = DossierSheet("Records", ("incidents", "presence"), ("id", "kind"), (
    _text("title", "A few words that can follow “NRF says:”.", 40),
    _keys("by", "Incident: keys of the groups that act; empty if none is named.", "Groups"),
    _keys("against", "Incident: keys of the groups acted upon, or civilians.", "Groups"),
    _keys("groups", "Presence claim: keys of the groups that are present.", "Groups"),
    _choice("event_type", "Incident: one of ACLED's types, only where the source makes it plain.",
            get_args(EventType), 26),
    _text("sub_event_type", "Incident: ACLED's sub-event type."),
    _choice("presence_kind", "Presence claim: what is said to be there.", get_args(PresenceKind)),
    _date("when", "Incident: when it happened."),
    _date("first", "Presence claim: first date for which it is said."),
    _date("last", "Presence claim: last date for which it is said; empty if there is only one."),
    _text("when_said", "The date in the words of the source."),
    _text("groups_said", "The groups in the words of the source."),
    _choice("status", "Only to override the status that follows from the claims; needs "
            "status_because.", get_args(StatusKey)),
    _text("status_because", "Why the status is set by hand.", _LONG),
    _text("withdrawn_because", "Fill this in to withdraw the record: the reason, which readers "
          "see. Records are never deleted.", _LONG),
    _text("note", "What the reader should know and no claim says.", _LONG),
))  # fmt: skip
"""Incidents and presence claims."""
PLACES: Final = DossierSheet("Places", ("incidents", "presence"), ("record", "no"), (
    _text("place", "The place in the words of the source."),
    _text("means", "The name to look up, where the words of the source are not one."),
    _choice("kind", "Kind of place, where a name has several.", get_args(PlaceKind)),
    _text("within", "The province or district that it is in, where a name occurs twice."),
    SheetColumn("near_m", "whole", "Metres around the place, if it is only near it."),
    SheetColumn("lat", "decimal", "Degrees north, WGS 84."),
    SheetColumn("lon", "decimal", "Degrees east, WGS 84."),
    SheetColumn("uncertainty_m", "whole", "Metres within which the point is."),
    _choice("basis", "Where the point comes from; needed with lat and lon.",
            get_args(CoordinateBasis), 20),
    _text("because", "Why it is read so; needed with every choice.", _LONG),
), "where")  # fmt: skip
"""The places of records."""
CLAIMS: Final = DossierSheet("Claims", ("incidents", "presence"), ("record", "no"), (
    _key("statement", "Key of a general statement, in place of all other columns but role.",
         "Statements"),
    _text("by", "Key of a group, or the name of whoever else speaks."),
    _choice("role", "What the speaker is in this record.", get_args(SpeakerRole)),
    _choice("says", "What the claim is about.", get_args(ClaimKind)),
    _text("text", "What is said, in words of our own.", _LONG),
    _key("source", "Key of the source.", "Sources"),
    _text("via", "The channel that carried it."),
    _date("date", "When it was said."),
    *_figure("killed", "killed"), *_figure("injured", "injured"),
    *_figure("killed_or_injured", "killed or injured"),
    _text("of", "Whose casualties, where that is stated."),
    _choice("scope", "With several places: whether the figure is for all or for each.",
            ("total", "per place")),
    _choice("credibility", "Information credibility, 1 to 6; empty: 6, unrated.", _CREDIBILITY),
    _text("credibility_because", "Why it is rated so.", _LONG),
    _text("origin", "Claims of a record that share this word repeat one statement."),
), "claims")  # fmt: skip
"""The claims of records."""
SOURCES: Final = DossierSheet("Sources", ("sources",), ("key",), (
    _text("title", "Title of the document.", 40),
    _text("publisher", "Who published it."),
    _text("author", "Who wrote it."),
    _date("published", "When it was published."),
    _text("url", "Web address."),
    _text("archive_url", "Web address of an archived copy."),
    SheetColumn("relays", "lines", "What it passes on; one to a line.", width=30),
    _text("note", "What the reader should know.", _LONG),
    _choice("reliability", "Source reliability, A to F; empty: F, unrated.",
            get_args(Reliability)),
    _text("reliability_because", "Why it is rated so.", _LONG),
    _key("belligerent", "Key of the group whose own publication it is.", "Groups"),
    _text("independent_group", "Sources that share this word are not independent of each other."),
    _text("document", "SHA-256 of the document on file, as evidence add prints it."),
))  # fmt: skip
"""The sources."""
GROUPS: Final = DossierSheet("Groups", ("groups",), ("key",), (
    _text("name", "Full name.", 40),
    _text("short", "Short name, as on the map."),
    _text("letter", "One letter for the mark."),
    _choice("colour", "Colour of the mark.", get_args(ColourName)),
    SheetColumn("also", "lines", "Other spellings; one to a line.", width=30),
    SheetColumn("roles", "roles", "Role during a period; one to a line, such as “state_forces, "
                "since 2021-08-15” or “rebel_group, until 2021-08-14”.", width=34),
    _text("note", "What the reader should know.", _LONG),
))  # fmt: skip
"""The groups."""
STATEMENTS: Final = DossierSheet("Statements", ("statements",), ("key",), (
    _text("by", "Key of a group, or the name of whoever else speaks."),
    _choice("role", "What the speaker is.", get_args(SpeakerRole)),
    _choice("says", "Subject of the statement.", get_args(ClaimKind)),
    _text("text", "What is said, in words of our own.", _LONG),
    _key("source", "Key of the source.", "Sources"),
    _text("via", "The channel that carried it."),
    _date("date", "When it was said."),
    _keys("about", "Keys of the groups that it is about.", "Groups"),
    _choice("credibility", "Information credibility, 1 to 6; empty: 6, unrated.", _CREDIBILITY),
    _text("credibility_because", "Why it is rated so.", _LONG),
))  # fmt: skip
"""The general statements."""

SHEETS: Final = (RECORDS, PLACES, CLAIMS, SOURCES, GROUPS, STATEMENTS)
"""The sheets that are edited, in their order."""
BASE_SHEET: Final = "Base"
"""The hidden sheet with the content from which the workbook was made."""
ABOUT_SHEET: Final = "About"
"""The sheet that explains the others."""
FORMAT: Final = "Incident Map workbook 1"
"""Names the layout in the first cell of the hidden sheet."""
KEY_NOTES: Final = {
    "id": "Short and lasting, such as raid-2022: links point to it, so never change it. A "
          "new row with a new id adds a record.",
    "kind": "incident or presence claim; never changes.",
    "record": "The id of the record in the sheet Records.",
    "no": "Which place or claim of the record it is. Leave it empty in a new row.",
    "key": "Short and lasting, such as un-report-2024: other rows refer to it, so never change it. "
           "A new row with a new key adds an entry.",
}  # fmt: skip
"""The comments of the columns that say whose row it is."""
