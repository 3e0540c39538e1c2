"""A country's folder made from boundaries alone, with everything that they state and nothing else.

Outlines are repaired, simplified as far as a map allows and rounded; label points and areas are
calculated; codes are kept where the file has them. What the file does not have (settlements,
neighbours, places outside) can be added later; the folder works without it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.errors import IntakeError
from geo.places.country.boundary_fields import Unit
from geo.places.country.boundary_units import joined_units, read_units, thinned_units
from geo.places.country.world import CountryEntry, country_entry
from geo.places.spelling import fold_name
from geo.text import counted

FIRST_LEVEL: Final = frozenset({
    "state", "region", "division", "governorate", "department", "county", "oblast", "prefecture",
    "canton", "territory",
})  # fmt: skip
"""Words that ACLED and UCDP GED put after the name of a unit of the first level."""
_DIVIDED: Final = re.compile(r"(.+?)\s*\(([^()]+)\)")
_WGS84: Final = Geod(ellps="WGS84")
_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The files of a new country's folder.

    Parameters
    ----------
    files
        Content by file name.
    provinces, districts
        Number of provinces and of districts.
    notes
        Sentences on what was joined or left out, or is missing.
    """

    files: Mapping[str, bytes] = field(repr=False)
    provinces: int
    districts: int
    notes: tuple[str, ...]


def scaffold(
    boundaries: bytes,
    file: str,
    *,
    districts: tuple[bytes, str] | None = None,
    country: CountryEntry | None = None,
    credit: str = "",
) -> Scaffold:
    """Make the files of a country's folder from the boundaries of its first level.

    Parameters
    ----------
    boundaries
        GeoJSON in UTF-8, coordinates in degrees, longitude first.
    file
        Its name in messages.
    districts
        The second level and the name of its file, if there is one.
    country
        The country; ``None`` to read it from the file.
    credit
        The line that must appear under every map; by default the publisher, if recognised.

    Raises
    ------
    IntakeError
        The file is not a collection of polygons with names, is of another level, crosses
        180 degrees, or does not say which country it is of.

    Examples
    --------
    >>> scaffold(b'{"type": "FeatureCollection", "features": []}', "adm1.geojson")
    Traceback (most recent call last):
    geo.errors.IntakeError: adm1.geojson: expected a list 'features' with at least one feature in it
    """
    units, notes, source = read_units(boundaries, file, 1)
    entry = country or _country(units, file)
    units, _, together = joined_units(units, [""] * len(units))
    units = thinned_units(units)
    codes, unsure = _codes(units, entry.alpha2)
    provinces = [_province(one, code) for one, code in zip(units, codes, strict=True)]
    notes += [*together, *unsure]
    below: list[dict[str, Any]] = []
    if districts is not None:
        below, more = _districts(*districts, units, codes)
        notes += more
    credit = credit or (f"Boundaries: {source}" if source else "")
    if not credit:
        notes.append(
            "No credit for the boundaries is known; add one under `credits` in country.yaml."
        )
    files = {
        "provinces.geojson": _features(provinces),
        "country.yaml": _country_file(entry, units, codes, credit).encode(),
        "incidents.yaml": _dossier(entry).encode(),
    }
    if below:
        files["districts.geojson"] = _features(below)
    if spellings := _spellings(units, codes):
        files["spellings.csv"] = spellings.encode()
    return Scaffold(files, len(provinces), len(below), tuple(notes))


def _country(units: Sequence[Unit], file: str) -> CountryEntry:
    named = Counter(text for one in units for text in one.country)
    entry = next((found for text, _ in named.most_common() if (found := country_entry(text))), None)
    if entry is None:
        raise IntakeError(
            f"{file}: does not say which country it is of; name it with --country, such as "
            "--country Kenya or --country KEN"
        )
    return entry


def _codes(units: Sequence[Unit], alpha2: str) -> tuple[list[str], list[str]]:
    """An id for each unit: its ISO 3166-2 code, if the file has one that no other unit has."""
    given = Counter(one.iso or "" for one in units)
    used: Counter[str] = Counter()
    codes: list[str] = []
    without: list[str] = []
    shared: list[str] = []
    for one in units:
        if one.iso and one.iso.startswith(f"{alpha2}-") and given[one.iso] == 1:
            codes.append(one.iso)
            continue
        (shared if one.iso and given[one.iso] > 1 else without).append(one.name)
        base = f"{alpha2}-x-{_slug(one.name)}"
        used[base] += 1
        codes.append(base if used[base] == 1 else f"{base}-{used[base]}")
    notes = []
    if shared:
        notes.append(
            f"Two units have the same ISO 3166-2 code, so neither keeps it: {', '.join(shared)}."
        )
    if without:
        notes.append(
            f"{counted(len(without), 'unit')} without an ISO 3166-2 code: their ids begin with "
            f"{alpha2}-x-."
        )
    return codes, notes


def _province(unit: Unit, code: str) -> dict[str, Any]:
    local = {f"name_{language}": name for language, name in unit.local_names}
    square_metres = abs(_WGS84.geometry_area_perimeter(unit.outline)[0])
    properties = {
        "name": unit.name, **local, "iso_3166_2": code, "pcode": unit.pcode,
        "pcode_scheme": _scheme(unit),
        "area_km2": max(1, round(square_metres / 1e6)),
    }  # fmt: skip
    return _feature(code, properties, unit.outline)


def _districts(
    data: bytes, file: str, provinces: Sequence[Unit], codes: Sequence[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    units, notes, _ = read_units(data, file, 2)
    named = [_home(one, provinces, codes) for one in units]
    guessed = sum(home is None for home in named)
    homes = [
        home or _overlapping(one, provinces, codes) for one, home in zip(units, named, strict=True)
    ]
    units, homes, together = joined_units(units, homes)
    used: Counter[str] = Counter()
    features = []
    for one, home in zip(thinned_units(units), homes, strict=True):
        key = one.pcode or f"{home}-{_slug(one.name)}"
        used[key] += 1
        key = key if used[key] == 1 else f"{key}-{used[key]}"
        features.append(_feature(key, _district(one, home), one.outline))
    if guessed:
        notes.append(
            f"{counted(guessed, 'district')} of {file} without a province: placed in the one that "
            "overlaps most."
        )
    return features, [*notes, *together]


def _home(unit: Unit, provinces: Sequence[Unit], codes: Sequence[str]) -> str | None:
    """The code of the province that a district states, by place code rather than by name."""
    for text in unit.parents:
        for one, code in zip(provinces, codes, strict=True):
            if text in {one.pcode, one.name}:
                return code
    return None


def _overlapping(unit: Unit, provinces: Sequence[Unit], codes: Sequence[str]) -> str:
    shared = shapely.area(shapely.intersection([one.outline for one in provinces], unit.outline))
    return codes[int(shared.argmax())]


def _district(unit: Unit, home: str) -> dict[str, Any]:
    return {
        "name": unit.name, "also": [*unit.also, *(name for _, name in unit.local_names)],
        "iso_3166_2": home, "pcode": unit.pcode, "pcode_scheme": _scheme(unit),
    }  # fmt: skip


def _scheme(unit: Unit) -> str | None:
    return "as in the boundary file" if unit.pcode else None


def _feature(key: str, properties: Mapping[str, Any], outline: BaseGeometry) -> dict[str, Any]:
    lat, lon = _label(outline)
    return {
        "type": "Feature",
        "id": key,
        "properties": {**properties, "label_lat": lat, "label_lon": lon},
        "geometry": json.loads(shapely.to_geojson(outline)),
    }


def _label(outline: BaseGeometry) -> tuple[float, float]:
    """The middle of the largest circle inside the largest part: latitude, longitude in degrees."""
    largest = max(shapely.get_parts(outline), key=lambda part: float(part.area))
    narrow = float(np.cos(np.radians(shapely.centroid(largest).y)))
    plane = shapely.transform(largest, lambda xy: xy * (narrow, 1.0))
    circle = shapely.maximum_inscribed_circle(plane)
    lon, lat = shapely.get_coordinates(circle)[0]
    return round(float(lat), 4), round(float(lon / narrow), 4)


def _features(features: Iterable[Mapping[str, Any]]) -> bytes:
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def _regions(units: Sequence[Unit], codes: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Names that several units share, like "Shan (East)" and "Shan (North)"."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for one, code in zip(units, codes, strict=True):
        divided = _DIVIDED.fullmatch(one.name)
        groups[divided[1] if divided else one.name].append(code)
    yield from ((name, members) for name, members in groups.items() if len(members) > 1)


def _country_file(
    entry: CountryEntry, units: Sequence[Unit], codes: Sequence[str], credit: str
) -> str:
    """The text of ``country.yaml``: any JSON string is also a valid YAML string."""
    said = json.dumps
    also = [name for name in entry.also if name != entry.name]
    lines = [
        "# The country that the map is of. Made from boundaries; everything here may be edited.",
        f"name: {said(entry.name, ensure_ascii=False)}",
        f"also: {said(also, ensure_ascii=False)}",
        f"iso_3166_1: {said(entry.alpha2)}",
        f"iso_3166_1_alpha_3: {said(entry.alpha3)}",
        "# What ACLED (ISO 3166-1 numeric) and UCDP GED number the country by.",
        f"numbers: {{iso: {said(entry.iso)}, ucdp: {said(entry.ucdp)}}}",
    ]
    lines += [
        "# Words for a kind of place, as they stand before or after a name.",
        "kind_words:",
        f"  province: {said(_kind_words(units), ensure_ascii=False)}",
    ]
    regions = list(_regions(units, codes))
    if regions:
        lines.append("# One name over several units: drawn as all of them, never as one.")
        lines.append("regions:")
    for name, members in regions:
        lines += [
            f"  - key: {said(_slug(name))}",
            f"    name: {said(name, ensure_ascii=False)}",
            f"    provinces: {said(members)}",
            f"    basis: {said(f'All units that the boundaries call {name}.', ensure_ascii=False)}",
        ]
    lines.append("# Lines that must appear under every map.")
    lines.append(f"credits: {said([credit] if credit else [], ensure_ascii=False)}")
    lines.append('disclaimer: "Boundaries and names do not imply endorsement or acceptance."')
    return "\n".join(lines) + "\n"


def _kind_words(units: Sequence[Unit]) -> list[str]:
    """The file's own words for its units, and the usual words for such units elsewhere."""
    own = {one.kind.lower() for one in units if one.kind and " " not in one.kind}
    return sorted(own | FIRST_LEVEL)


def _spellings(units: Sequence[Unit], codes: Sequence[str]) -> str:
    """``spellings.csv``: the other names that the file gives its units."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    for one, code in zip(units, codes, strict=True):
        known = {fold_name(name) for name in (one.name, *(name for _, name in one.local_names))}
        for name in one.also:
            if fold_name(name) and fold_name(name) not in known:
                known.add(fold_name(name))
                script = "Latn" if name.isascii() else ""
                writer.writerow((name, "province", code, script, "boundary file"))
    rows = target.getvalue()
    return f"variant,kind,place_id,script,source\n{rows}" if rows else ""


def _dossier(entry: CountryEntry) -> str:
    title = json.dumps(f"Incidents and presence claims: {entry.name}", ensure_ascii=False)
    return (
        "# The dossier. CONTRIBUTING.md says how to add an incident.\n"
        f"title: {title}\nsources: {{}}\ngroups: {{}}\nincidents: []\npresence: []\n"
    )


def _slug(name: str) -> str:
    """A name in lower-case Latin letters and hyphens; ``unit`` if it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _SLUG.sub("-", plain).strip("-") or "unit"
