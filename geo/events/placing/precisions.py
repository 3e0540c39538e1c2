"""Read location precisions in the codes and words of other data sets.

The heading or the numbers themselves show what numbers mean: only UCDP GED goes up to 7. Where 1, 2
and 3 could be ACLED's or UCDP's, 3 is read as the coarser of the two, with a warning. Of several
words the coarsest counts: "city or district" is a district. Any other text can be given a meaning,
value by value (:mod:`geo.events.mapping.mapping`).

Codes are those of the ACLED codebook (``geo_precision``), of the UCDP GED codebook 23.1
(``where_prec``), which Insecurity Insight writes with a label after it, and of the codebook of the
Global Terrorism Database (``specificity``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from geo.events.columns.text_cells import is_empty
from geo.events.placing.rows import (
    COUNTRY,
    DISTRICT_,
    LINE,
    NEAR,
    NEAR_M,
    PRECISIONS,
    PROVINCE_,
    REGION,
    SETTLEMENT,
    UNKNOWN,
)
from geo.places.spelling import name_words

Scheme = Literal["acled", "ucdp", "gtd", "unclear"]
NOT_READ: Final = -1
"""Marks a precision that is not understood."""
UNCLEAR: Final = (
    "3 is a district for UCDP GED and a province for ACLED; taken as a province. If it is a "
    "district, map it with precision:3=district"
)

_CODE: Final = re.compile(r"[(\[]?\s*(\d)(?:\.0+)?\s*[)\]]?\.?")
_UCDP: Final = {1: SETTLEMENT, 2: NEAR, 3: DISTRICT_, 4: PROVINCE_, 5: LINE, 6: COUNTRY, 7: UNKNOWN}
"""``where_prec``; see the docstring of the module for the codebooks."""
_ACLED: Final = {1: SETTLEMENT, 2: NEAR, 3: PROVINCE_}
"""``geo_precision``."""
_GTD: Final = {1: SETTLEMENT, 2: DISTRICT_, 3: DISTRICT_, 4: PROVINCE_, 5: COUNTRY}
"""``specificity``."""
_CODES: Final[Mapping[Scheme, Mapping[int, int]]] = {
    "acled": _ACLED, "ucdp": _UCDP, "gtd": _GTD, "unclear": _ACLED,
}  # fmt: skip
_ONLY_UCDP: Final = frozenset({4, 5, 6, 7})
"""Codes that ACLED does not have; 4 and 5 are GTD's as well, under a heading of its own."""
_OWN: Final[Mapping[str, int]] = {name: max(at, SETTLEMENT) for at, name in enumerate(PRECISIONS)}
"""The words of the event tables themselves; an import never makes a place exact."""
_WORDS: Final[Mapping[str, int]] = {
    word: meant
    for meant, listed in (
        (SETTLEMENT, "exact precise settlement town city village neighbourhood neighborhood"),
        (SETTLEMENT, "street address building locality hamlet gps"),
        (NEAR, "near nearby approximate approximately approx around vicinity close estimated"),
        (DISTRICT_, "district county municipality communicipality commune subdistrict ولسوالی"),
        (DISTRICT_, "adm2 adm3 adm4 admin2 admin3 admin4"),
        (PROVINCE_, "province provincial governorate state adm1 admin1 ولایت"),
        (LINE, "linear line river road route highway"),
        (REGION, "region regional provinces"),
        (COUNTRY, "country national nationwide countrywide adm0 admin0 کشور"),
        (UNKNOWN, "censored withheld sea water airspace international"),
    )
    for word in listed.split()
}  # fmt: skip
"""Words in files from elsewhere, by the finest precision that each can mean."""
_LEVELS: Final = {0: COUNTRY, 1: PROVINCE_, 2: DISTRICT_, 3: DISTRICT_, 4: DISTRICT_}
"""Levels of OCHA's common operational datasets on administrative boundaries (COD-AB)."""
_LEVEL: Final = re.compile(r"\badm(?:in)?(?:istrative)?(?: (?:level|division|unit))? ([0-4])\b")
_KM: Final = re.compile(r"(\d{1,4}) ?km\b")
_METRES: Final = 1_000.0
"""Metres per kilometre."""
_COARSER: Final = (SETTLEMENT, NEAR, DISTRICT_, PROVINCE_, LINE, REGION, COUNTRY, UNKNOWN)


def scheme_of(heading: str, texts: Iterable[str]) -> Scheme:
    """Tell whose codes a column holds, by its heading and all its distinct texts.

    Examples
    --------
    >>> scheme_of("Geo Precision", ["1", "2", "6"]), scheme_of("geo_precision", ["1", "3"])
    ('ucdp', 'acled')
    >>> scheme_of("precision", ["1", "3"]), scheme_of("specificity", ["1", "5"])
    ('unclear', 'gtd')
    """
    named = " ".join(name_words(heading))
    if "specificity" in named:
        return "gtd"
    codes = {code for text in texts if (code := _code(text)) is not None}
    if codes & _ONLY_UCDP or named.startswith("where prec"):
        return "ucdp"
    return "acled" if named in {"geo precision", "geoprecision"} else "unclear"


def precision_of(text: str, scheme: Scheme, values: Mapping[str, str]) -> int:
    """Return the position in :data:`PRECISIONS` of a cell's text, ``LINE``, or :data:`NOT_READ`.

    Parameters
    ----------
    text
        A text that only means "not stated" gives :data:`NOT_READ`.
    values
        The meanings that a person gave to texts, in the words of :data:`PRECISIONS`.

    Examples
    --------
    >>> said = ("(6) Country", "ADM2", "city or district", "25 km precision", "settlement", "3")
    >>> [PRECISIONS[precision_of(text, "ucdp", {})] for text in said]
    ['country', 'district', 'district', 'near', 'settlement', 'district']
    >>> precision_of("good", "ucdp", {}), PRECISIONS[precision_of("good", "ucdp", {"good": "near"})]
    (-1, 'near')
    """
    text = text.strip()
    if text in values:
        return _OWN[values[text]]
    if is_empty(text):
        return NOT_READ
    if text.lower() in _OWN:
        return _OWN[text.lower()]
    code = _code(text)
    return _in_words(text) if code is None else _CODES[scheme].get(code, NOT_READ)


def is_precision(text: str) -> bool:
    """Tell whether a text states a location precision, in any known codes or words.

    Examples
    --------
    >>> is_precision("(4) Province / Governorate"), is_precision("8"), is_precision("high")
    (True, False, False)
    """
    return precision_of(text, "ucdp", {}) != NOT_READ


def is_unclear(text: str) -> bool:
    """Tell whether a text is the one code that two schemes use differently.

    Examples
    --------
    >>> is_unclear(" 3 "), is_unclear("(3) District")
    (True, False)
    """
    return _code(text) == 3  # noqa: PLR2004 - the code itself


def _code(text: str) -> int | None:
    match = _CODE.fullmatch(text.strip())
    return int(match[1]) if match else None


def _in_words(text: str) -> int:
    named = name_words(text)
    joined = " ".join(named)
    found = [_WORDS[word] for word in named if word in _WORDS]
    found += [_LEVELS[int(level)] for level in _LEVEL.findall(joined)]
    found += [PROVINCE_ for km in _KM.findall(joined) if int(km) * _METRES > NEAR_M]
    if _KM.search(joined):
        found.append(NEAR)
    return max(found, key=_COARSER.index, default=NOT_READ)
