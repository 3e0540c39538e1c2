"""The fields of the forms: what each is called, what can be chosen in it, and how it is read.

A form is made from this list, in Python and in the browser alike, so that no field is known in one
place only. The order is that in which an analyst thinks: who says what in which source, where,
when, who did it, and last what to call it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from geo.dossier.entries import Section
from geo.dossier.records import (
    CIVILIANS,
    ColourName,
    CoordinateBasis,
    Dossier,
    EventType,
    GroupRole,
    PlaceKind,
)
from geo.wording import vocabulary

FieldKind = Literal[
    "line", "text", "lines", "date", "figure", "number", "point", "choice", "digit", "suggest",
    "several", "list",
]  # fmt: skip
"""How a field is read. ``line`` and ``text`` are words, ``lines`` are several of them, one on a
line; ``point`` is a position on the ground, ``digit`` a choice among numbers, ``suggest`` words
some of which are offered, ``several`` any of what is offered, and ``list`` any number of forms."""
NEW_SOURCE: Final = "+"
"""What stands for a source that is described in the form, in place of its key."""
SAME_ORIGIN: Final = "same_origin"
"""The field for the origin of a claim; ``origin`` is that of a form in a list."""
_BASES: Final[Mapping[CoordinateBasis, str]] = {
    "source_coordinates": "coordinates in the source",
    "geolocated_imagery": "located from pictures or video",
    "named_place": "the middle of the named place",
    "coarsened": "made less precise on purpose",
}
_GROUP_ROLES: Final[Mapping[GroupRole, str]] = {
    "state_forces": "state forces",
    "rebel_group": "rebel group",
    "political_militia": "political militia",
    "identity_militia": "identity militia",
    "external_other": "external or other forces",
}


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen in a field.

    Parameters
    ----------
    also
        Other words for it that people type.
    """

    value: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Parameters
    ----------
    name
        As in the dossier; ``position`` stands for ``lat`` and ``lon``.
    writes
        The field of the dossier, where the form calls it otherwise.
    hint
        What to enter, where the label does not say it.
    options
        What can be chosen, in their order.
    needed
        Whether an entry cannot do without it.
    more
        Whether it is rarely needed and stands among *More fields*.
    unless
        Another field of the same form: while that has a value, this one is not asked for.
    when
        Another field of the same form and the value with which this one is asked for.
    fields
        Those of each form of a list.
    one, add
        What one form of a list is called, and the button that adds one.
    """

    name: str
    label: str
    kind: FieldKind = "line"
    hint: str = ""
    options: tuple[Option, ...] = ()
    needed: bool = False
    more: bool = False
    unless: str = ""
    when: tuple[str, str] = ("", "")
    fields: tuple[FormField, ...] = ()
    one: str = ""
    add: str = ""
    writes: str = ""

    @property
    def key(self) -> str:
        """The field of the dossier."""
        return self.writes or self.name


@dataclass(frozen=True, slots=True)
class FormPart:
    """Some fields under a heading."""

    title: str
    fields: tuple[FormField, ...]
    hint: str = ""


def form_parts(
    section: Section, dossier: Dossier, provinces: Iterable[str] = ()
) -> tuple[FormPart, ...]:
    """Return the form of an entry.

    Parameters
    ----------
    dossier
        Its groups, sources and statements can be chosen.
    provinces
        Names of provinces, within which a place can be.

    Examples
    --------
    >>> from geo.dossier.records import EMPTY
    >>> [part.title for part in form_parts("incidents", EMPTY)]
    ['Who says what', 'Where', 'When', 'Who', 'The record']
    """
    if section == "sources":
        return (FormPart("Source", _source_fields()),)
    if section == "groups":
        return (FormPart("Group", _group_fields()),)
    if section == "statements":
        return (FormPart("General statement", _statement_fields(dossier)),)
    is_presence = section == "presence"
    claim = _claim_fields(dossier)
    claims = FormField(
        "claims", "", "list", fields=claim, one="Claim", add="Add a claim", needed=True
    )
    place = _place_fields(provinces)
    where = FormField("where", "", "list", fields=place, one="Place", add="Add a place")
    return (
        FormPart("Who says what", (claims,), "One claim for each speaker and source."),
        FormPart("Where", (where,), "Leave it empty if no source names a place."),
        FormPart("When", _presence_dates() if is_presence else _incident_dates()),
        FormPart("Who", _presence_groups(dossier) if is_presence else _incident_groups(dossier)),
        FormPart("The record", _record_fields()),
    )


def every_field(parts: Iterable[FormPart]) -> tuple[FormField, ...]:
    """The fields of a form, in their order."""
    return tuple(field for part in parts for field in part.fields)


def to_message(parts: Iterable[FormPart], *, is_new: bool) -> list[dict[str, Any]]:
    """The form as JSON for the browser.

    Parameters
    ----------
    is_new
        Whether it is of a new entry; the name of one that exists is not asked for.

    Returns
    -------
    list
        Typed as ``FormPart`` in ``form/types.d.ts``; what a field does not have is left out.
    """
    return [
        {
            "title": part.title,
            "hint": part.hint,
            "fields": [_plain(one) for one in part.fields if is_new or one.name != "id"],
        }
        for part in parts
    ]


def _plain(field: FormField) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "label": field.label, "kind": field.kind}
    found |= {
        name: value
        for name in ("hint", "needed", "more", "unless", "one", "add")
        if (value := getattr(field, name))
    }
    if field.when[0]:
        found["when"] = list(field.when)
    if field.options:
        found["options"] = [[one.value, one.label] for one in field.options]
    if field.fields:
        found["fields"] = [_plain(one) for one in field.fields]
    return found


def _options(labels: Mapping[Any, str]) -> tuple[Option, ...]:
    return tuple(Option(str(key), label) for key, label in labels.items())


def _alike(values: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(one, one) for one in values)


def _groups(dossier: Dossier) -> tuple[Option, ...]:
    return tuple(
        Option(key, group.name, (group.short, *group.also)) for key, group in dossier.groups.items()
    )


def _claim_fields(dossier: Dossier) -> tuple[FormField, ...]:
    statements = tuple(
        Option(key, f"{_speaker(one.by, dossier)}: {one.text}")
        for key, one in dossier.statements.items()
    )
    general = "statement"
    figure = "As the source states it: 12, at least 10, 10 to 15. Leave it empty if none is stated."
    return (
        FormField(general, "Repeats a general statement", "choice", options=statements, more=True,
              hint="Only for a statement that was made once, and not about this record alone."),
        *_source_choice(dossier, general),
        *_said_fields(dossier, general),
        FormField("killed", "Killed", "figure", figure, unless=general),
        FormField("injured", "Injured", "figure", unless=general),
        FormField("killed_or_injured", "Killed or injured", "figure", unless=general,
              hint="Only where the source does not tell them apart."),
        FormField("of", "Whose dead", "suggest", unless=general, more=True, hint="If stated.",
              options=(*_groups(dossier), Option(CIVILIANS, "civilians"))),
        FormField("scope", "Figures are", "choice", unless=general, more=True,
              options=(Option("total", "for all places together"),
                       Option("per place", "for each place"))),
        *_rating_fields(general),
        FormField(SAME_ORIGIN, "Repeats the same statement as", "suggest", unless=general,
              more=True, options=_alike(_origins(dossier)), writes="origin",
              hint="A word of your own: claims that share it go back to one statement."),
    )  # fmt: skip


def _origins(dossier: Dossier) -> list[str]:
    """The words for origins that any claim has, sorted."""
    claims = (claim for record in dossier.records for claim in record.claims)
    return sorted({claim.origin for claim in claims if claim.origin})


def _source_choice(dossier: Dossier, general: str) -> Iterator[FormField]:
    known = tuple(
        Option(key, f"{one.publisher}: {one.title}") for key, one in dossier.sources.items()
    )
    new = Option(NEW_SOURCE, "A new source…")
    yield FormField(
        "source", "Source", "choice", options=(*known, new), needed=True, unless=general
    )  # fmt: skip
    fields = tuple(one for one in _source_fields() if one.name != "id")
    yield FormField("new_source", "New source", "list", fields=fields, when=("source", NEW_SOURCE))


def _said_fields(dossier: Dossier, general: str = "") -> Iterator[FormField]:
    yield FormField("by", "Speaker", "suggest", "A group, or the name of whoever else speaks.",
                _groups(dossier), needed=True, unless=general)  # fmt: skip
    yield FormField("role", "Speaks as", "choice", options=_options(vocabulary.ROLES), needed=True)
    yield FormField("says", "What the claim does", "choice",
                    options=_options(vocabulary.CLAIM_KINDS),
                needed=True, unless=general)  # fmt: skip
    yield FormField(
        "text", "What is said, in words of your own", "text", needed=True, unless=general
    )
    yield FormField("date", "Date of the statement", "date", unless=general)
    yield FormField("via", "Carried by", hint="The channel through which the source has it.",
                unless=general, more=True)  # fmt: skip


def _rating_fields(general: str = "") -> Iterator[FormField]:
    rated = {key: f"{key}: {label}" for key, label in vocabulary.CREDIBILITY.items()}
    yield FormField("credibility", "Information credibility", "digit", options=_options(rated),
                unless=general, more=True)  # fmt: skip
    yield FormField("credibility_because", "Why it is rated so", "text", unless=general, more=True)


def _place_fields(provinces: Iterable[str]) -> tuple[FormField, ...]:
    kinds = _alike(get_args(PlaceKind))
    return (
        FormField("place", "Place, as the source says it", needed=True),
        FormField("means", "Name to look up", hint="Where the words of the source are not a name.",
              more=True),
        FormField("kind", "Kind of place", "choice", options=kinds, more=True),
        FormField("within", "In the province", "suggest", options=_alike(provinces), more=True),
        FormField("position", "Coordinates", "point", more=True,
              hint="34.53, 69.17 or 34°31′N 69°10′E or a reference of the military grid."),
        FormField("uncertainty_m", "Uncertainty of the coordinates in metres", "number", more=True),
        FormField("basis", "Coordinates are", "choice", options=_options(_BASES), more=True),
        FormField("near_m", "Within so many metres of it", "number", more=True),
        FormField("because", "Why it is read so", "text", more=True,
              hint="Wanted with every kind, name or position that is your judgement."),
    )  # fmt: skip


def _incident_dates() -> tuple[FormField, ...]:
    return (
        FormField("when", "Date", "date", "24 May 2022, late April 2022, spring 2024, about 2021",
              needed=True),
        FormField("when_said", "In the words of the source", hint="If they say it less plainly."),
    )  # fmt: skip


def _presence_dates() -> tuple[FormField, ...]:
    return (
        FormField(
            "first", "Said for, from", "date", "May 2022, spring 2024, about 2021", needed=True
        ),
        FormField("last", "To", "date", "Leave it empty if it is said for that date only."),
        FormField("when_said", "In the words of the source", hint="If they say it less plainly."),
    )


def _incident_groups(dossier: Dossier) -> tuple[FormField, ...]:
    groups = _groups(dossier)
    return (
        FormField("by", "Who acts", "several", options=groups,
              hint="None, if the source names nobody: then the record is under “group not named”."),
        FormField("against", "Against", "several",
                  options=(*groups, Option(CIVILIANS, "civilians"))),
        FormField("groups_said", "Groups, in the words of the source", more=True),
        FormField("event_type", "Event type", "choice", options=_alike(get_args(EventType)),
              hint="Only where the source makes it plain."),
        FormField("sub_event_type", "Sub-event type", more=True),
    )  # fmt: skip


def _presence_groups(dossier: Dossier) -> tuple[FormField, ...]:
    return (
        FormField("groups", "Who is present", "several", options=_groups(dossier),
              hint="None, if the source names nobody."),
        FormField("presence_kind", "As what", "choice", options=_options(vocabulary.PRESENCE_KINDS),
              needed=True),
        FormField("groups_said", "Groups, in the words of the source", more=True),
    )  # fmt: skip


def _record_fields() -> tuple[FormField, ...]:
    statuses = tuple(Option(one.key, one.label) for one in vocabulary.STATUSES)
    return (
        FormField("title", "Headline", needed=True,
              hint="A few words that can follow “NRF says:”, for the speakers stand before it."),
        FormField("id", "Short name for links", needed=True,
              hint="Lower-case letters, digits and hyphens. It never changes."),
        FormField("note", "Note", "text", "What the reader should know and no claim says."),
        FormField("status", "Verification status", "choice", options=statuses, more=True,
              hint="It follows from the claims. Set it only against them, and say why."),
        FormField("status_because", "Why this status", "text", more=True),
    )  # fmt: skip


def _source_fields() -> tuple[FormField, ...]:
    rated = {key: f"{key}: {label}" for key, label in vocabulary.RELIABILITY.items()}
    return (
        FormField("title", "Title", needed=True),
        FormField("publisher", "Publisher", needed=True),
        FormField("author", "Author"),
        FormField("published", "Published", "date", needed=True),
        FormField("url", "Address", hint="https://example.org/report"),
        FormField("archive_url", "Address of an archived copy", more=True),
        FormField("id", "Short name for claims", needed=True,
              hint="Lower-case letters, digits and hyphens. It never changes."),
        FormField("relays", "Passes on", "lines", "What others said, one on a line.", more=True),
        FormField("note", "Note", "text"),
        FormField("reliability", "Source reliability", "choice", more=True,
                  options=_options(rated)),
        FormField("reliability_because", "Why it is rated so", "text", more=True),
        FormField("belligerent", "Speaks for the group", more=True),
        FormField("independent_group", "Rests on the same reporting as", more=True,
              hint="One short name for all sources that rest on one another."),
        FormField("document", "Document on file", more=True,
                  hint="The SHA-256 that incident-map evidence add prints."),
    )  # fmt: skip


def _group_fields() -> tuple[FormField, ...]:
    role = (
        FormField("role", "Role", "choice", options=_options(_GROUP_ROLES), needed=True),
        FormField("since", "Since", "date"),
        FormField("until", "Until", "date"),
    )
    return (
        FormField("name", "Name", needed=True),
        FormField("short", "Short name", needed=True),
        FormField("letter", "Letter on the map", needed=True),
        FormField("colour", "Colour", "choice", options=_alike(get_args(ColourName))),
        FormField("id", "Short name for links", needed=True,
              hint="Lower-case letters, digits and hyphens. It never changes."),
        FormField("also", "Other spellings", "lines", "One on a line."),
        FormField("roles", "Roles", "list", fields=role, one="Role", add="Add a role", more=True),
        FormField("note", "Note", "text"),
    )  # fmt: skip


def _statement_fields(dossier: Dossier) -> tuple[FormField, ...]:
    sources = tuple(
        Option(key, f"{one.publisher}: {one.title}") for key, one in dossier.sources.items()
    )
    return (
        FormField("source", "Source", "choice", options=sources, needed=True),
        *_said_fields(dossier),
        FormField("about", "About", "several", options=_groups(dossier)),
        FormField("id", "Short name for claims", needed=True,
              hint="Lower-case letters, digits and hyphens. It never changes."),
        *_rating_fields(),
    )  # fmt: skip


def _speaker(by: str, dossier: Dossier) -> str:
    return dossier.groups[by].short if by in dossier.groups else by
