"""The fields of a source, a group, a claim, an incident and a presence claim, and their rules.

The models mirror ``data/incidents.yaml`` field by field, so that the JSON Schema made from them
(:func:`json_schema`) completes and checks the file in an editor. What the claims of a record add
up to is derived in :mod:`geo.dossier.evidence`, not written in the file.

Enumerations follow the ACLED and UCDP GED codebooks and the Admiralty code where those have one;
for the editions see :data:`geo.wording.vocabulary.EVENT_TYPES`, :mod:`geo.dossier.periods` and
:data:`geo.wording.vocabulary.RELIABILITY`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from geo.dossier.field_types import (
    Edtf,
    Key,
    Keys,
    Prose,
    Quote,
    Sha256,
    SingleLine,
    SingleLines,
    Time,
    Url,
)  # fmt: skip
from geo.dossier.periods import Period, span
from geo.limits import (
    MAX_CLAIMS,
    MAX_DEATHS,
    MAX_DOCUMENT_LETTERS,
    MAX_PASSAGES,
    MAX_PLACES,
)

Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Annotated[int, Field(ge=1, le=6)]  # the digits of the Admiralty code
PlaceKind = Literal["country", "region", "province", "district", "settlement", "site"]
CoordinateBasis = Literal["source_coordinates", "geolocated_imagery", "named_place", "coarsened"]
GroupRole = Literal[
    "state_forces", "rebel_group", "political_militia", "identity_militia", "external_other"
]
SpeakerRole = Literal[
    "acting_party", "opposing_party", "third_party", "media", "un", "ngo", "state", "witness"
]
ClaimKind = Literal[
    "responsibility", "occurrence", "casualties", "place", "date", "presence", "strength",
    "acknowledgement", "denial", "doubt",
]  # fmt: skip
PresenceKind = Literal[
    "activity", "cell_or_safe_house", "camp", "training_site", "front_or_bastion",
    "administration", "strength", "influence",
]  # fmt: skip
ColourName = Literal["green", "sky", "slate", "vermilion", "purple", "orange", "blue", "yellow"]
EventType = Literal[
    "Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians",
    "Strategic developments",
]  # fmt: skip
StatusKey = Literal["verified", "corroborated", "reported", "claimed_only", "disputed", "refuted"]

PARTY_ROLES: Final = frozenset({"acting_party", "opposing_party"})
CONTESTING: Final = frozenset({"denial", "doubt"})
DETAILS: Final = frozenset({"casualties", "place", "date"})
CIVILIANS: Final = "civilians"
REVIEW_FIELDS: Final = frozenset({"draft", "written_by", "approved"})
"""Fields that say how far a record is reviewed, and nothing of what is reported."""


def _read_count(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    if value < 0:
        msg = f"cannot be {value}: leave it out if no number is stated"
        raise ValueError(msg)
    return {"low": value, "best": value, "high": value}


class _RecordModel(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True
    )


class Source(_RecordModel):
    """One document: what was published, by whom, and its reliability (Admiralty code, A to F).

    ``document`` is the SHA-256 of its bytes, by which it is found among the evidence.
    """

    title: SingleLine
    publisher: SingleLine
    author: SingleLine | None = None
    published: Edtf
    url: Url | None = None
    archive_url: Url | None = None
    relays: SingleLines = ()
    note: Prose | None = None
    reliability: Reliability = "F"
    reliability_because: Prose | None = None
    belligerent: Key | None = None
    independent_group: Key | None = None
    document: Sha256 | None = None

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Leave out what is not given, so that older recipes recognise an unchanged source."""
        return (pair for pair in super().__repr_args__() if pair != ("document", None))


class RolePeriod(_RecordModel):
    """The role of a group during a period: the Taliban became state forces in 2021."""

    role: GroupRole
    since: Edtf | None = None
    until: Edtf | None = None


class Group(_RecordModel):
    """An armed group or state actor, with the spellings that others use."""

    name: SingleLine
    short: Annotated[SingleLine, Field(max_length=40)]
    letter: Annotated[str, StringConstraints(pattern=r"^\w$")]
    colour: ColourName | None = None
    also: SingleLines = ()
    roles: Annotated[tuple[RolePeriod, ...], Field(strict=False)] = ()
    note: Prose | None = None


_Number = Annotated[int, Field(ge=0, le=MAX_DEATHS)]


class Count(_RecordModel):
    """A number of people as low, best and high; what a source leaves open is ``None``."""

    low: _Number | None = None
    best: _Number | None = None
    high: _Number | None = None
    said: SingleLine | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known = [number for number in (self.low, self.best, self.high) if number is not None]
        if not known:
            msg = "a figure needs at least one of low, best, high; leave it out if none is stated"
            raise ValueError(msg)
        if known != sorted(known):
            figures = f"{self.low}, {self.best}, {self.high}"
            msg = f"low, best and high must be in ascending order: {figures}"
            raise ValueError(msg)
        return self


People = Annotated[Count, BeforeValidator(_read_count, json_schema_input_type=int | Count)]


class Passage(_RecordModel):
    """Some words of a document: where they are in its text, and a digest of them.

    ``document`` is the SHA-256 of the document's bytes. ``start`` and ``end`` count characters of
    its plain text; ``digest`` is that of :func:`geo.documents.passages.digest_of_words`.
    """

    document: Sha256
    start: Annotated[int, Field(ge=0, le=MAX_DOCUMENT_LETTERS)]
    end: Annotated[int, Field(ge=1, le=MAX_DOCUMENT_LETTERS)]
    digest: Sha256
    quote: Quote | None = None

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.start >= self.end:
            msg = f"a passage ends after it starts; it goes from {self.start} to {self.end}"
            raise ValueError(msg)
        return self


Passages = Annotated[tuple[Passage, ...], Field(strict=False, max_length=MAX_PASSAGES)]


class Claim(_RecordModel):
    """What one speaker says about a record, in one source.

    ``statement`` is the key of the general statement that the claim repeats; empty for a claim
    about this record only. In a file, ``statement`` replaces all other fields (see
    :class:`GeneralClaim`). Claims with the same ``origin`` repeat one statement; see
    :mod:`geo.dossier.lineage`.
    """

    by: SingleLine
    role: SpeakerRole
    says: ClaimKind
    text: Prose
    source: Key
    via: SingleLine | None = None
    date: Edtf | None = None
    killed: People | None = None
    injured: People | None = None
    killed_or_injured: People | None = None
    of: SingleLine | None = None
    scope: Literal["total", "per place"] | None = None
    credibility: Credibility = 6
    credibility_because: Prose | None = None
    passages: Passages = ()
    origin: Key | None = None
    # Left out of repr(), by which a recipe recognises an unchanged record.
    statement: SkipJsonSchema[Key | None] = Field(default=None, repr=False)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Leave out what is not given, so that older recipes recognise an unchanged claim."""
        empty = {("passages", ()), ("origin", None)}
        return (pair for pair in super().__repr_args__() if pair not in empty)


class GeneralClaim(_RecordModel):
    """A claim that is a general statement, stated once under ``statements`` and referred to here.

    ``role`` is given where the speaker has another role in this record than in the statement.
    """

    statement: Key
    role: SpeakerRole | None = None


class Statement(_RecordModel):
    """A general statement, written once; the claims of many records may refer to it.

    It is shown with the groups that it is ``about``.
    """

    by: SingleLine
    role: SpeakerRole
    says: ClaimKind
    text: Prose
    source: Key
    via: SingleLine | None = None
    date: Edtf | None = None
    about: Keys = ()
    credibility: Credibility = 6
    credibility_because: Prose | None = None
    passages: Passages = ()

    def claim(self, key: str, role: str | None) -> dict[str, Any]:
        """The claim that refers to this statement under `key`.

        Returns
        -------
        dict
            The fields of a :class:`Claim`, with their names in a dossier.
        """
        said = {name: getattr(self, name) for name in type(self).model_fields if name != "about"}
        return {**said, "role": role or self.role, "statement": key}


class Where(_RecordModel):
    """A place in the words of the source, and what is needed to find it without guessing."""

    place: SingleLine
    means: SingleLine | None = None
    kind: PlaceKind | None = None
    within: SingleLine | None = None
    near_m: Annotated[int, Field(gt=0, le=25_000)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=False)] | None = None
    uncertainty_m: Annotated[int, Field(gt=0, le=25_000)] | None = None
    basis: CoordinateBasis | None = None
    because: Prose | None = None

    @model_validator(mode="after")
    def _whole_point(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            msg = "lat and lon belong together; give both or neither"
            raise ValueError(msg)
        if self.lat is not None and self.basis is None:
            msg = "a point needs its basis (source_coordinates, geolocated_imagery, named_place)"
            raise ValueError(msg)
        return self


_AnyClaim = Annotated[
    Claim, BeforeValidator(lambda raw: raw, json_schema_input_type=Claim | GeneralClaim)
]


class Approval(_RecordModel):
    """Who approved a record, when, and the digest of what it then meant.

    The digest is that of :func:`geo.dossier.review.meaning_digest`: an approval counts only while
    the record means the same.
    """

    by: SingleLine
    at: Time
    digest: Sha256


class _Common(_RecordModel):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{2,63}$")]
    title: SingleLine
    groups_said: SingleLine | None = None
    where: Annotated[tuple[Where, ...], Field(strict=False, max_length=MAX_PLACES)]
    when_said: SingleLine | None = None
    claims: Annotated[
        tuple[_AnyClaim, ...], Field(strict=False, min_length=1, max_length=MAX_CLAIMS)
    ]
    status: StatusKey | None = None
    status_because: Prose | None = None
    withdrawn_because: Prose | None = None
    note: Prose | None = None
    # The review is left out of repr(), by which a recipe recognises an unchanged record.
    draft: bool = Field(default=False, repr=False)
    written_by: SingleLines = Field(default=(), repr=False)
    approved: Approval | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def _reason_given(self) -> Self:
        if self.status is not None and self.status_because is None:
            msg = "a status set by hand needs status_because; leave both out to have it derived"
            raise ValueError(msg)
        return self


class Incident(_Common):
    """A reported event, at one time, in one or several places."""

    by: Keys = ()
    against: Keys = ()
    event_type: EventType | None = None
    sub_event_type: SingleLine | None = None
    when: Edtf

    @property
    def kind(self) -> Literal["incident"]:
        """The kind of record, as layers and the command line name it."""
        return "incident"

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that act: the record is in their layers."""
        return self.by

    @property
    def period(self) -> Period:
        """The days between which it happened."""
        return self.when


class Presence(_Common):
    """A claim that a group is present somewhere: neither an incident nor control of territory."""

    groups: Keys
    presence_kind: PresenceKind
    first: Edtf
    last: Edtf | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        _ = self.period.text
        return self

    @property
    def kind(self) -> Literal["presence"]:
        """The kind of record, as layers and the command line name it."""
        return "presence"

    @property
    def period(self) -> Period:
        """From the first to the last date for which presence is claimed."""
        return self.first if self.last is None else span(self.first, self.last)


class Assessment(_RecordModel):
    """A judgement about a group in general: it is shown with the group, never on the map.

    ``date`` is the date of the judgement; by default that of its source.
    """

    about: Keys
    text: Prose
    by: SingleLine
    source: Key
    via: SingleLine | None = None
    date: Edtf | None = None


Record = Incident | Presence


class Dossier(_RecordModel):
    """The content of one file, in the order of the file."""

    title: SingleLine
    note: Prose | None = None
    sources: Mapping[Key, Source]
    groups: Mapping[Key, Group]
    statements: Mapping[Key, Statement] = Field(default_factory=lambda: MappingProxyType({}))
    assessments: Annotated[tuple[Assessment, ...], Field(strict=False)] = ()
    incidents: Annotated[tuple[Incident, ...], Field(strict=False)] = ()
    presence: Annotated[tuple[Presence, ...], Field(strict=False)] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """Incidents first, then presence claims, each in the order of the file."""
        return (*self.incidents, *self.presence)


EMPTY: Final = Dossier(title="Untitled", sources=MappingProxyType({}), groups=MappingProxyType({}))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a dossier file, for editors that complete and check YAML.

    Returns
    -------
    dict
        A schema of draft 2020-12, with the sections of the file under ``properties``.

    Examples
    --------
    >>> sorted(json_schema()["properties"])[:3]
    ['assessments', 'groups', 'incidents']
    """
    schema = Dossier.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
