"""The property names of open boundary files for the name, the codes and the kind of a unit.

Four conventions are known: geoBoundaries (``shapeName``), OCHA's common operational datasets COD-AB
(``ADM1_EN``, ``adm1_name``), GADM (``NAME_1``) and Natural Earth (``name_en``, ``iso_3166_2``).
Any other file is read by its property ``name``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from geo.dossier.field_types import visible_text
from geo.errors import IntakeError

NAME: Final = ("adm{n}_en", "adm{n}_name", "adm{n}_ref", "shapename", "name_{n}", "name_en", "name")
ALSO: Final = ("varname_{n}", "name_alt", "nl_name_{n}", "name_local", "adm{n}alt1en",
               "adm{n}alt2en")  # fmt: skip
ISO: Final = ("shapeiso", "iso_3166_2", "iso_{n}")
PCODE: Final = ("adm{n}_pcode",)
KIND: Final = ("engtype_{n}", "type_en")
PARENT: Final = ("adm1_pcode", "adm1_en", "adm1_name", "name_1")
COUNTRY: Final = ("shapegroup", "gid_0", "adm0_a3", "iso_a2", "adm0_pcode", "adm0_en", "adm0_name",
                  "admin", "country", "name_0")  # fmt: skip
SOURCES: Final[Mapping[str, str]] = {
    "shapename": "geoBoundaries", "adm{n}_pcode": "OCHA COD-AB", "name_{n}": "GADM",
    "adm1_code": "Natural Earth",
}  # fmt: skip
"""A property that only files of this publisher have."""
LEVELS: Final = 5
"""Administrative levels below the country that a file may have; GADM has most, five."""
_LOCAL: Final = re.compile(r"adm{n}_([a-z]{2,3})".replace("{n}", r"([1-5])"))
_NO_LANGUAGE: Final = frozenset({"en", "ref", "ty"})
_NOTHING: Final = frozenset({"", "-99", "na", "n/a", "null", "none", "unknown"})
_ISO_CODE: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_SEVERAL: Final = re.compile(r"\s*[|;]\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a boundary file.

    Parameters
    ----------
    name, also
        The name to show, and other spellings.
    local_names
        Pairs of language tag and name.
    iso, pcode
        ISO 3166-2 code and place code, where the file has them.
    kind
        The country's word for such a unit, such as "State"; empty if the file does not say.
    parents
        Codes and names of the unit of the first level that this one belongs to.
    country
        Codes and names of the country.
    outline
        x longitude, y latitude, in degrees.
    """

    name: str
    also: tuple[str, ...]
    local_names: tuple[tuple[str, str], ...]
    iso: str | None
    pcode: str | None
    kind: str
    parents: tuple[str, ...]
    country: tuple[str, ...]
    outline: BaseGeometry = field(repr=False)


def level_of(keys: set[str]) -> int:
    """The finest administrative level that property names mention; 1 if they mention none.

    Examples
    --------
    >>> level_of({"adm1_en", "adm2_en", "adm0_en"}), level_of({"name_1"}), level_of({"name"})
    (2, 1, 1)
    """
    tried = ("adm{n}_en", "adm{n}_name", "adm{n}_pcode", "name_{n}")
    found = (n for n in range(LEVELS, 0, -1) if keys & {one.format(n=n) for one in tried})
    return next(found, 1)


def source_of(keys: set[str], level: int) -> str:
    """The publisher whose files have these properties; empty if it is not recognised.

    Examples
    --------
    >>> source_of({"shapename", "shapeid"}, 1), source_of({"name"}, 1)
    ('geoBoundaries', '')
    """
    return next((who for key, who in SOURCES.items() if key.format(n=level) in keys), "")


def unit_of(given: Mapping[str, Any], level: int, outline: BaseGeometry) -> Unit | None:
    """Read the properties of one feature; ``None`` if it has no name.

    Parameters
    ----------
    given
        The properties, in upper or lower case.
    level
        Administrative level of the file.
    """
    texts = {key.lower(): _text(value) for key, value in given.items()}
    name = _first(texts, NAME, level)
    if not name:
        return None
    local = tuple(_local_names(texts, level))
    also = [one for text in _all(texts, ALSO, level) for one in _SEVERAL.split(text)]
    iso = _first(texts, ISO, level)
    return Unit(
        name=name,
        also=tuple(dict.fromkeys(one for one in also if one and one != name)),
        local_names=local,
        iso=iso if _ISO_CODE.fullmatch(iso) else None,
        pcode=_first(texts, PCODE, level) or None,
        kind=_first(texts, KIND, level),
        parents=tuple(_all(texts, PARENT, level)) if level > 1 else (),
        country=tuple(_all(texts, COUNTRY, level)),
        outline=outline,
    )


def refuse_level(level: int, wanted: int, name: str) -> None:
    """Refuse a file of a finer level than the requested one.

    Raises
    ------
    IntakeError
        Saying which file is expected.
    """
    if wanted == 1 < level:
        raise IntakeError(
            f"{name}: holds units of level {level}; expected the first level below the country. "
            "Use the file of that level, and this one with --districts"
        )


def _text(value: Any) -> str:
    text = " ".join("".join(map(_visible, value)).split()) if isinstance(value, str) else ""
    return "" if text.lower() in _NOTHING else text


def _visible(character: str) -> str:
    """The character, or a space in place of an invisible one, which a name must not contain."""
    try:
        return visible_text(character)
    except ValueError:
        return " "


def _all(texts: Mapping[str, str], keys: tuple[str, ...], level: int) -> list[str]:
    return [text for key in keys if (text := texts.get(key.format(n=level), ""))]


def _first(texts: Mapping[str, str], keys: tuple[str, ...], level: int) -> str:
    return next(iter(_all(texts, keys, level)), "")


def _local_names(texts: Mapping[str, str], level: int) -> Iterator[tuple[str, str]]:
    for key, text in texts.items():
        found = _LOCAL.fullmatch(key)
        if text and found and int(found[1]) == level and found[2] not in _NO_LANGUAGE:
            yield found[2], text
