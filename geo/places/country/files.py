"""The content of the files of a country's folder that are not maps, and its validation."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from geo import limits
from geo.dossier.field_types import visible_text
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.errors import IntakeError

MODEL = TypeVar("MODEL", bound=BaseModel)
_Files = dict[str, bytes]


MORE_NAMES: Final = "names.parquet"
LOCAL_NAMES: Final = "local_names.csv"
BASE_MAP_FILES: Final = tuple(
    f"base_map/{name}"
    for name in (
        "airfields.json", "labels.csv", "lakes.json", "points.json", "relief.json", "relief.webp",
        "rivers.json", "towns.json",
    )
)  # fmt: skip
OWN_MAP: Final = "base_map/own.pmtiles"
"""The user's own base map; it may be larger than memory, and is read in parts."""
FILES: Final = (
    "country.yaml", "districts.geojson", "gazetteer.json", LOCAL_NAMES, MORE_NAMES,
    "neighbours.geojson",
    "outside.json", "provinces.geojson", "spellings.csv", *BASE_MAP_FILES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a country's folder as bytes and text, each read once."""

    path: Path
    _read: _Files = field(default_factory=dict, repr=False)

    def digest(self) -> str:
        """SHA-256 of all files of the country except the dossier, as 64 hexadecimal digits."""
        whole = hashlib.sha256()
        for name in FILES:
            data = self.bytes(name, optional=True)
            # Folders from before there were base maps keep their digest.
            if data or name not in BASE_MAP_FILES:
                whole.update(f"{name} {len(data)}\n".encode() + data)
        return whole.hexdigest()

    def bytes(self, name: str, *, optional: bool = False) -> bytes:
        """Read a file; an optional file that is missing gives no bytes.

        Raises
        ------
        IntakeError
            The file is missing, too large, or cannot be read.
        """
        # Once, so that the digest is of what was read even if a file changes in between.
        if name not in self._read:
            self._read[name] = _file(self.path / name, _most_bytes(name), optional=optional)
        return self._read[name]

    def text(self, name: str, *, optional: bool = False) -> str:
        """Read a file as text.

        Raises
        ------
        IntakeError
            The file is missing, or not in UTF-8.
        """
        try:
            return self.bytes(name, optional=optional).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            msg = f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"
            raise IntakeError(msg) from error

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Read a list in CSV; a missing file gives no rows.

        Yields
        ------
        dict
            The cells of a row as text, by the column names in the first row.

        Raises
        ------
        IntakeError
            It is not CSV in UTF-8.
        """
        text = io.StringIO(self.text(name, optional=True), newline="")
        try:
            yield from csv.DictReader(text)
        except csv.Error as error:
            raise IntakeError(f"{name}: cannot be read as CSV ({error})") from error


def _most_bytes(name: str) -> int:
    if name in BASE_MAP_FILES:
        return limits.MAX_BASE_MAP_BYTES
    return limits.MAX_DUMP_BYTES if name == MORE_NAMES else limits.MAX_COUNTRY_BYTES


def _file(file: Path, most: int, *, optional: bool) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except FileNotFoundError as error:
        if optional:
            return b""
        raise IntakeError(
            f"{file}: there is no such file; a country's folder needs at least country.yaml "
            "and provinces.geojson"
        ) from error
    except OSError as error:
        raise IntakeError(
            f"{file}: cannot be read ({error.strerror}); expected a file that you may read"
        ) from error
    if len(data) > most:
        raise IntakeError(
            f"{file.name}: is larger than {most:,} bytes, which is the most that is read"
        )
    return data


class StrictModel(BaseModel):
    """The base of every part of a file: unknown fields and other types are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


Text = Annotated[str, AfterValidator(visible_text)]
Name = Annotated[Text, Field(min_length=1, max_length=limits.MAX_NAME)]
NameList = Annotated[tuple[Name, ...], Field(strict=False)]
Lat = Annotated[float, Field(ge=-90, le=90)]  # degrees, WGS 84
Lon = Annotated[float, Field(ge=-180, le=180)]  # degrees, WGS 84
Metres = Annotated[float, Field(ge=0)]


class Region(StrictModel):
    """A named set of provinces, such as "the north", or those along a road."""

    key: Name
    name: Name
    also: NameList = ()
    provinces: Annotated[tuple[Name, ...], Field(strict=False, min_length=1)]
    compass: (
        Literal[
            "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"
        ]
        | None
    ) = None
    between: Annotated[tuple[Name, Name], Field(strict=False)] | None = None
    basis: Text = ""


class KindWords(StrictModel):
    """Words of the country for kinds of places, as they appear before or after a name."""

    province: NameList = ()
    district: NameList = ()
    settlement: NameList = ()
    valley: NameList = ()


class Site(StrictModel):
    """A named site, such as a base or a ministry, in a settlement or with its own position."""

    key: Name
    name: Name
    also: NameList = ()
    settlement: Name | None = None
    province: Name | None = None
    lat: Lat | None = None
    lon: Lon | None = None
    uncertainty_m: Metres | None = None
    note: Text = ""


class InferredName(StrictModel):
    """A name whose place is inferred, with the reason."""

    name: Name
    also: NameList = ()
    place: Name
    reason: Text


class CountryNumbers(StrictModel):
    """The country's numbers in event data; empty where they are not known."""

    iso: Annotated[str, Field(pattern=r"^\d{0,3}$")] = ""
    ucdp: Annotated[str, Field(pattern=r"^\d{0,4}$")] = ""


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


def _zone(name: str) -> str:
    """A time zone of the IANA database, or an empty text."""
    if name and name not in available_timezones():
        msg = f"{name!r} is not a time zone of the IANA database, such as Europe/Rome"
        raise ValueError(msg)
    return name


class MiddlePoint(StrictModel):
    """A point that someone publishes for the whole country."""

    lat: Lat
    lon: Lon
    note: Text = ""


class CountryFile(StrictModel):
    """``country.yaml``."""

    name: Name
    also: NameList = ()
    iso_3166_1_alpha_3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    iso_3166_1: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    numbers: CountryNumbers = CountryNumbers()
    pcode_scheme: Text = ""
    division: Text = ""
    kind_words: KindWords = KindWords()
    generic_names: NameList = ()
    regions: Annotated[tuple[Region, ...], Field(strict=False)] = ()
    sites: Annotated[tuple[Site, ...], Field(strict=False)] = ()
    inferred: Annotated[tuple[InferredName, ...], Field(strict=False)] = ()
    landmarks: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    time_zone: Annotated[Text, AfterValidator(_zone)] = ""
    middle_points: Annotated[tuple[MiddlePoint, ...], Field(strict=False)] = ()
    credits: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    disclaimer: Text = ""


class Settlement(StrictModel):
    """One settlement."""

    id: Name
    name: Name
    also: NameList = ()
    lat: Lat
    lon: Lon
    province: Name
    district: Name | None = None
    population: int | None = None
    capital: Literal["country", "province"] | None = None
    uncertainty_m: Metres


class Settlements(StrictModel):
    """``gazetteer.json``."""

    settlements: Annotated[tuple[Settlement, ...], Field(strict=False)]


class OutsidePlace(StrictModel):
    """One place outside the country."""

    name: Name
    also: NameList = ()
    country: Text


class OutsidePlaces(StrictModel):
    """``outside.json``."""

    places: Annotated[tuple[OutsidePlace, ...], Field(strict=False)]


def read_country_file(folder: Folder) -> CountryFile:
    """Read ``country.yaml``.

    Raises
    ------
    IntakeError
        Naming the line of every error.
    """
    name = "country.yaml"
    written = folder.text(name)
    try:
        read = read_yaml(written, YamlLimits(limits.MAX_COUNTRY_DEPTH, limits.MAX_COUNTRY_PARTS))
    except IntakeError as error:
        msg = f"{name}: {error}"
        raise IntakeError(msg) from error
    faults = [f"{name}:{line}: {said}" for line, _, said in read.faults]
    try:
        country = CountryFile.model_validate(read.value)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            line = read.line_of(tuple(fault["loc"]))
            faults.append(f"{name}:{line or 1}: {_path(fault['loc'])}: {fault['msg']}")
    if faults:
        raise IntakeError("\n".join(faults))
    return country


def parse_json(model: type[MODEL], data: bytes, name: str) -> MODEL:
    """Read a JSON file as this model.

    Raises
    ------
    IntakeError
        Naming every invalid part.
    """
    try:
        return TypeAdapter(model).validate_json(data)
    except ValidationError as error:
        faults = (
            f"{name}: {_path(fault['loc'])}: {fault['msg']}"
            for fault in error.errors(include_url=False)
        )
        raise IntakeError("\n".join(faults)) from error


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "the file"
