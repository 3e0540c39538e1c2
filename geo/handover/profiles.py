"""Profiles: which fields of a dossier, and which records, readers of a kind may see.

A profile lists what it shows. A field that is added to the records later is therefore hidden from
every reader outside until a profile allows it. :data:`ALWAYS` has the fields that no profile hides:
without them a record would say something else than its sources do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from geo import limits
from geo.dossier.messages import meant
from geo.dossier.records import (
    Claim,
    Group,
    Incident,
    Passage,
    Presence,
    Source,
    Statement,
    Where,
)
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.errors import IntakeError, OptionError

PROFILES_FILE: Final = "profiles.yaml"
"""The file in a country's folder that adds profiles or replaces those below."""
PART_NAMES: Final[Mapping[type[BaseModel], str]] = MappingProxyType(
    {
        Incident: "record",
        Presence: "record",
        Claim: "claim",
        Statement: "claim",
        Source: "source",
        Group: "group",
        Where: "place",
        Passage: "passage",
    }
)
"""The part of a dossier that a model describes, as profiles name it."""
ALWAYS: Final = frozenset(
    f"{part}.{name}"
    for part, names in {
        "record": "id title groups_said where when_said claims status status_because "
        "withdrawn_because by against event_type sub_event_type when groups presence_kind first "
        "last",
        "claim": "by role says text source date killed injured killed_or_injured of scope "
        "credibility statement about",
        "source": "title publisher published reliability belligerent independent_group",
        "group": "name short letter colour also roles",
        "place": "place means kind within near_m lat lon uncertainty_m basis",
        "passage": "document start end digest",
    }.items()
    for name in names.split()
)
"""Fields that no profile hides: what is reported, by which source, and what follows from it."""
_NAMES: Final[Mapping[str, str]] = {
    "record.note": "notes",
    "source.note": "notes",
    "group.note": "notes",
    "place.because": "reasons for locations",
    "claim.credibility_because": "reasons for ratings",
    "source.reliability_because": "reasons for ratings",
    "claim.via": "names of who passed a claim on",
    "claim.passages": "passages of documents",
    "passage.quote": "quotations",
    "source.document": "digests of documents",
    "source.author": "authors",
    "source.url": "addresses of sources",
    "source.archive_url": "addresses of sources",
    "source.relays": "whom a source relays",
    "record.draft": "drafts",
    "record.written_by": "names of writers",
    "record.approved": "names of reviewers",
}
"""The fields that profiles may hide, in words."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Which fields and records readers of a kind may see.

    Parameters
    ----------
    name
        The key by which a command names it.
    label
        The readers, in words.
    shows
        Fields that are shown besides :data:`ALWAYS`, such as ``record.note``; ``None``: all fields,
        also those that are added later.
    speakers
        Whether speakers who are not a group of the dossier are named; else the word for their role
        is given.
    unapproved
        Whether records that are not approved are included, where any record is reviewed.

    Examples
    --------
    A field that no profile knows is hidden from readers outside:

    >>> PUBLIC.is_shown("record", "note"), PUBLIC.is_shown("claim", "a_new_field")
    (False, False)
    >>> PARTNER.is_shown("record", "note"), INTERNAL.is_shown("claim", "a_new_field")
    (True, True)
    """

    name: str
    label: str
    shows: frozenset[str] | None = None
    speakers: bool = True
    unapproved: bool = True

    def is_shown(self, part: str, field: str) -> bool:
        """Whether a field of a part of a dossier is shown."""
        name = f"{part}.{field}"
        return self.shows is None or name in ALWAYS or name in self.shows

    @property
    def hides_nothing(self) -> bool:
        """Whether all fields of all records are shown."""
        return self.shows is None and self.speakers and self.unapproved

    def hidden(self, *, is_reviewed: bool = True) -> tuple[str, ...]:
        """What is hidden, in words.

        Parameters
        ----------
        is_reviewed
            Whether any record is reviewed; else none is excluded for not being approved.

        Returns
        -------
        tuple
            Each once, in the order in which the fields are listed.

        Examples
        --------
        >>> INTERNAL.hidden()
        ()
        >>> PARTNER.hidden()[:2]
        ('passages of documents', 'quotations')
        """
        return tuple(dict.fromkeys(self._hidden(is_reviewed=is_reviewed)))

    def _hidden(self, *, is_reviewed: bool) -> Iterator[str]:
        if not self.speakers:
            yield "names of speakers"
        if not self.unapproved and is_reviewed:
            yield "records that are not approved"
        for name, words in _NAMES.items():
            if not self.is_shown(*name.split(".", 1)):
                yield words


INTERNAL: Final = Profile("internal", "Own organisation")
PARTNER: Final = Profile(
    "partner",
    "Partner organisations",
    frozenset(
        {
            "record.note", "source.note", "group.note", "place.because", "claim.via",
            "claim.credibility_because", "source.reliability_because", "source.author",
            "source.url", "source.archive_url", "source.relays",
        }
    ),
)  # fmt: skip
PUBLIC: Final = Profile(
    "public",
    "The public",
    frozenset({"source.author", "source.url", "source.archive_url", "source.relays"}),
    speakers=False,
    unapproved=False,
)
BUILT_IN: Final[Mapping[str, Profile]] = MappingProxyType(
    {one.name: one for one in (PUBLIC, PARTNER, INTERNAL)}
)
"""The profiles that every country has."""


class _ProfileEntry(BaseModel):
    """A profile in ``profiles.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    label: Annotated[str, Field(min_length=1, max_length=limits.MAX_NAME)]
    shows: Annotated[tuple[str, ...], Field(strict=False)] = ()
    speakers: bool = False
    unapproved: bool = False


_ENTRIES: Final = TypeAdapter(
    dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")], _ProfileEntry]
)


def read_profiles(folder: Path | None) -> dict[str, Profile]:
    """Read the profiles of a country: the built-in ones, and those of its ``profiles.yaml``.

    Parameters
    ----------
    folder
        The country's folder; the file may be missing.

    Returns
    -------
    dict
        The profiles by name; one of the file replaces a built-in one of the same name.

    Raises
    ------
    IntakeError
        The file cannot be read; the message names every error.
    """
    file = None if folder is None else folder / PROFILES_FILE
    if file is None or not file.exists():
        return dict(BUILT_IN)
    return {**BUILT_IN, **parse_profiles(_data_of(file), PROFILES_FILE)}


def parse_profiles(data: bytes, name: str) -> dict[str, Profile]:
    r"""Read the profiles of a file.

    Returns
    -------
    dict
        The profiles by name. What an entry does not name is hidden.

    Raises
    ------
    IntakeError
        The message names every error.

    Examples
    --------
    >>> parse_profiles(b"donor:\n  label: Donors\n  shows: [record.notes]\n", "p.yaml")
    Traceback (most recent call last):
    geo.errors.IntakeError: p.yaml: donor: there is no field 'record.notes'; did you mean
    'record.note'?
    """
    try:
        text = data.decode("utf-8-sig")
        read = read_yaml(text, YamlLimits(limits.MAX_LIST_DEPTH, limits.MAX_LIST_PARTS))
    except UnicodeDecodeError as error:
        msg = f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"
        raise IntakeError(msg) from error
    except IntakeError as error:
        msg = f"{name}: {error}"
        raise IntakeError(msg) from error
    faults = [f"{name}:{line}: {words}" for line, _, words in read.faults]
    found = _entries(read.value, name, faults)
    faults += [f"{name}: {one}" for key in found for one in _unknown(key, found[key])]
    if faults:
        raise IntakeError("\n".join(faults))
    return {
        key: Profile(key, one.label, frozenset(one.shows), one.speakers, one.unapproved)
        for key, one in found.items()
    }


def profile_named(name: str, profiles: Mapping[str, Profile]) -> Profile:
    """Return the profile of this name.

    Raises
    ------
    OptionError
        There is none; the message lists those that there are.

    Examples
    --------
    >>> profile_named("pubic", BUILT_IN)
    Traceback (most recent call last):
    geo.errors.OptionError: --profile: 'pubic' is not known; did you mean 'public'?; expected any
    of public, partner, internal
    """
    if name not in profiles:
        msg = (
            f"--profile: {name!r} is not known{meant(name, profiles)}; expected any of "
            f"{', '.join(profiles)}"
        )
        raise OptionError(msg)
    return profiles[name]


def _data_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(limits.MAX_PROFILES_BYTES + 1)
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}); expected a file that you may read"
        raise IntakeError(msg) from error
    if len(data) > (most := limits.MAX_PROFILES_BYTES):
        raise IntakeError(f"{file.name}: is larger than {most:,} bytes, the most that is read")
    return data


def _entries(value: Any, name: str, faults: list[str]) -> dict[str, _ProfileEntry]:
    try:
        return _ENTRIES.validate_python(value if value is not None else {})
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            where = ".".join(map(str, fault["loc"])) or "the file"
            faults.append(f"{name}: {where}: {fault['msg']}")
        return {}


def _unknown(key: str, entry: _ProfileEntry) -> Iterator[str]:
    known = [
        f"{part}.{field}" for model, part in PART_NAMES.items() for field in model.model_fields
    ]
    for field in entry.shows:
        if field not in known:
            yield f"{key}: there is no field {field!r}{meant(field, known)}"
