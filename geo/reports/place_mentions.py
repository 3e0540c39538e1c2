"""The places that a text mentions, through the gazetteer and with its questions.

A district and the province beside it are one mention. A name that fits several places is decided
only by what the text says: a province beside it, one in the same sentence or paragraph, or the one
that the text is about; all but the first are inferences, and their note says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geo.places.country import Country
from geo.places.gazetteer import Place
from geo.places.locations import Location
from geo.reports.datelines import datelines
from geo.reports.language import with_plain_spaces
from geo.reports.mentions import Mention, PlaceMention
from geo.reports.place_areas import chains
from geo.reports.place_names import name_index
from geo.reports.place_narrowing import NamedPlace, locate, narrowed
from geo.reports.place_spans import PlaceSpan, place_spans
from geo.reports.sentences import paragraphs
from geo.reports.tokens import Token, tokens_of
from geo.reports.wordlists import word_set

_TITLES: Final = 2
"""Most lines above a dateline: a title, and who publishes it."""
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s)")
_APART: Final = 6
"""Words before a place among which "not to be confused with" says that it is another one."""
_ENDS_HEAD: Final = frozenset(".:")
_DASHED: Final = frozenset({" -", " –", " —"})
_HEADING: Final = 120
"""Characters of a line that can head the paragraph after it."""


def place_mentions(text: str, country: Country) -> tuple[Mention, ...]:
    """The places that a text mentions.

    Parameters
    ----------
    text
        In English.
    country
        Whose gazetteer has the names.

    Returns
    -------
    tuple
        Mentions of the kind ``place`` from left to right, without overlaps.

    Examples
    --------
    >>> from geo import open_workspace
    >>> text = "Mullah Baradar was seen in Nahr-e Saraj district, Helmand province, not in Zabul."
    >>> for one in place_mentions(text, open_workspace().country):
    ...     print(one.text, one.value.location.provinces)
    Nahr-e Saraj district, Helmand province ('AF-HEL',)
    Zabul ('AF-ZAB',)
    """
    plain = with_plain_spaces(text)
    tokens = tokens_of(plain)
    lines = _datelines(plain)
    spans = place_spans(plain, tokens, name_index(country.gazetteer), lines)
    named: list[NamedPlace] = []
    around = list(paragraphs(plain))
    begins = [start for start, _ in around]
    headings = {
        number
        for number, (start, end) in enumerate(around, 1)
        if end - start <= _HEADING and plain[end - 1] not in ".!?…"
    }
    for parts in chains(plain, tokens, spans):
        one = _located(plain, tokens, parts, country)
        if one is not None:
            paragraph = bisect_right(begins, one.start)
            is_in = any(start <= one.start < end for start, end in lines)
            is_in = is_in or (paragraph in headings and _is_line_with_country(one, plain))
            is_other = _is_told_apart(tokens, min(part.first for part in parts))
            beginning, end = around[paragraph - 1]
            named.append(
                replace(
                    one,
                    in_dateline=is_in,
                    paragraph=paragraph,
                    is_told_apart=is_other,
                    is_head=_is_head(plain[beginning : one.start], plain[one.end : end]),
                )
            )
    decided = narrowed(named, headings, country)
    return tuple(
        Mention(
            "place", one.start, one.end, text[one.start : one.end],
            PlaceMention(one.location, one.in_dateline, one.states_kind),
        )
        for one in decided
    )  # fmt: skip


def _is_head(before: str, after: str) -> bool:
    """Whether a name heads its paragraph or is all of it: "- NAME. A mine went off"."""
    is_first = not any(one.isalpha() for one in before)
    return is_first and (not after.strip() or after[:1] in _ENDS_HEAD or after[:2] in _DASHED)


def _datelines(plain: str) -> list[tuple[int, int]]:
    """The datelines; "NAME:" is one only above the first sentence, and if it is the only one.

    Several towns before the text of paragraphs are those of what is told there.
    """
    lines = [(one.start, one.end) for one in datelines(plain)]
    told = [line for line in lines if plain[line[1] : line[1] + 1] == " "]
    if len({plain[start:end].split(maxsplit=1)[0] for start, end in told}) > 1:
        return [line for line in lines if line not in told]
    headed = [line for line in lines if plain[line[1] - 1] == ":"]
    is_list = len(headed) > 1 or any(
        _SENTENCE_END.search(plain, 0, start) or len(paragraphs(plain[:start])) > _TITLES
        for start, _ in headed
    )
    return [line for line in lines if not (is_list and line in headed)]


def _is_line_with_country(one: NamedPlace, plain: str) -> bool:
    """Whether a town and the country are all of a line: where the text was written."""
    line = plain[plain.rfind("\n", 0, one.start) + 1 :].partition("\n")[0].strip()
    is_in_country = any(part.is_kind("country") for part in one.parts[1:])
    return is_in_country and line == plain[one.start : one.end]


def _is_told_apart(tokens: Sequence[Token], first: int) -> bool:
    """Whether "not to be confused with" is before a place: it is another one of that name."""
    before = [
        token.low for token in tokens[max(0, first - _APART) : first]
        if token.sentence == tokens[first].sentence
    ]  # fmt: skip
    is_not = not word_set("places", "not_named").isdisjoint(before[-2:])
    return is_not or not word_set("places", "told_apart").isdisjoint(before)


def _located(
    text: str, tokens: Sequence[Token], parts: tuple[PlaceSpan, ...], country: Country
) -> NamedPlace | None:
    start = min(tokens[part.first].start for part in parts)
    end = max(tokens[part.last].end for part in parts)
    if "(" in text[start:end] and text[end : end + 1] == ")":
        end += 1
    words = " ".join(text[start:end].split())
    location = _location(parts, country)
    if location is None:
        return _located(text, tokens, parts[1:], country) if len(parts) > 1 else None
    location = replace(location, query=words)
    return NamedPlace(parts, start, end, tokens[parts[0].first].sentence, 0, location)


def _location(parts: tuple[PlaceSpan, ...], country: Country) -> Location | None:
    """The location of a place with its areas; ``None`` if nothing is known of it."""
    inner, areas = parts[0], [part for part in parts[1:] if not part.is_kind("country")]
    if inner.is_outside:
        area = f", {parts[-1].name}" if len(parts) > 1 else ""
        found = locate(f"{inner.name}{area}", country)
        return found if found.status == "outside" else _ambiguous_outside(found)
    if inner.similar:
        return _similar(inner, country)
    code = _code(areas[-1], country) if areas else None
    if areas and code is None:
        return _location(parts[:1] if inner.places else tuple(areas), country)
    return _found(inner, areas, code, country)


def _similar(inner: PlaceSpan, country: Country) -> Location | None:
    """The area or capital of which the name has the consonants, as an inference."""
    wanted = [place for place in inner.places if inner.kind in {"", place.kind}]
    place = (wanted or list(inner.places))[0]
    found = locate(place.name, country, kind=place.kind, within=place.provinces[0])
    if found.status != "resolved":
        return None
    note = f"Read as {country.gazetteer.describe(place)}: nothing else is spelled like this."
    return replace(found, status="inferred", note=f"{note} {found.note}".strip())


def _ambiguous_outside(found: Location) -> Location | None:
    return found if found.status == "ambiguous" else None


def _code(area: PlaceSpan, country: Country) -> str | None:
    """The province of an area: itself, or the one that a district is in."""
    if area.similar and area.can_be_province:
        return next(iter(area.codes)) if len(area.codes) == 1 else None
    if area.kind == "district" or not area.can_be_province:
        found = locate(f"{area.name} district", country)
    else:
        found = locate(area.name, country, kind="province")
    return found.provinces[0] if len(found.provinces) == 1 else None


def _found(
    inner: PlaceSpan, areas: Sequence[PlaceSpan], code: str | None, country: Country
) -> Location | None:
    name = f"{inner.name} {inner.word}".strip()
    if len(areas) > 1 and inner.places:
        nested = locate(f"{name}, {areas[0].name} district", country, within=code)
        if nested.status in {"resolved", "inferred"}:
            return nested
    is_known = inner.places or inner.inferred or code
    found = locate(name, country, within=code) if is_known else None
    if found is not None and found.status == "unknown" and inner.places and inner.word:
        found = locate(inner.name, country, within=code)
    if found is None:
        found = locate(name, country)
        return found if found.suggestions and inner.kind == "district" else None
    if found.status == "unknown" and code and not (inner.places or inner.kind):
        found = locate(inner.name, country, kind="district", within=code)
        return found if found.status == "inferred" else None
    if found.status != "unknown":
        return found
    if not areas:
        return None
    return _of_area(inner, areas, country)


def _of_area(inner: PlaceSpan, areas: Sequence[PlaceSpan], country: Country) -> Location | None:
    """The area, where the name in it is unknown; a question, where the name is elsewhere."""
    area = _location(tuple(areas), country)
    is_other = inner.kind == "district" and not inner.is_kind("district")
    # Many villages share a name, and the gazetteer has not all of them.
    is_village = all(place.kind == "settlement" and not place.capital for place in inner.places)
    if area is None or is_village or is_other:
        note = f"No place called {inner.name} is known there; nothing finer than this is."
        return None if area is None else replace(area, note=f"{note} {area.note}".strip())
    gazetteer = country.gazetteer
    elsewhere = [place for place in inner.places if place.kind != "outside"]
    candidates = (*_area_places(areas[-1]), *elsewhere)
    listed = "; ".join(map(gazetteer.describe, candidates))
    note = f"{inner.name} is not known in {area.name}, which the text names: {listed}."
    return Location(inner.name, "ambiguous", candidates=candidates, note=note)


def _area_places(area: PlaceSpan) -> tuple[Place, ...]:
    wanted = area.kind or "province"
    return tuple(place for place in area.places if place.kind == wanted)
