"""Sheets of facts: lines such as "Date: …", "Place: …" and "What: …" that tell of one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.reports.language import TextToken, text_tokens
from geo.reports.mentions import DateMention, Mention, PlaceMention
from geo.reports.scene import Scene
from geo.reports.sentences import SentenceSpan
from geo.reports.wordlists import word_lists

FactKind = Literal["when", "where", "what", "aside"]

_LABEL: Final = 4
"""Most tokens before the colon of a label: "Location of the incident:"."""
_LINE: Final = 60
"""Characters of a line among which its label is."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line of a sheet.

    Parameters
    ----------
    sheet
        The paragraph with which its sheet begins.
    """

    sheet: int
    kind: FactKind


def fact_lines(text: str, spans: Sequence[SentenceSpan]) -> Mapping[int, FactLine]:
    r"""The lines of sheets that tell what happened and where or when, by their paragraphs.

    Returns
    -------
    Mapping of FactLine
        By the number of the paragraph; none of lines without a word for what happened.

    Examples
    --------
    >>> from geo.reports.sentences import sentences
    >>> text = "Date: 4 May\nPlace: Herat\nWhat: Two died.\nPlace: Farah\nWhat: One died."
    >>> [(one.sheet, one.kind) for one in fact_lines(text, sentences(text)).values()]
    [(0, 'when'), (0, 'where'), (0, 'what'), (3, 'where'), (3, 'what')]
    """
    found: dict[int, FactLine] = {}
    for sheet in _sheets(text, spans):
        kinds = set(sheet.values())
        if "what" in kinds and not kinds.isdisjoint({"when", "where"}):
            first = min(sheet)
            found |= {paragraph: FactLine(first, kind) for paragraph, kind in sheet.items()}
    return found


def _sheets(text: str, spans: Sequence[SentenceSpan]) -> Iterator[dict[int, FactKind]]:
    """Lines with labels that follow each other; the label of the first one begins another sheet."""
    sheet: dict[int, FactKind] = {}
    labels: set[str] = set()
    known = -1
    for span in spans:
        if span.paragraph == known:
            continue
        label = _label(text_tokens(text, span.start, min(span.end, span.start + _LINE)))
        kind = _kinds().get(label)
        if sheet and (kind is None or label in labels or span.paragraph > known + 1):
            yield sheet
            sheet, labels = {}, set()
        if kind is not None:
            sheet[span.paragraph] = kind
            labels.add(label)
        known = span.paragraph
    yield sheet


def _label(tokens: Sequence[TextToken]) -> str:
    """The words before the colon of a line; empty if it has no label."""
    at = next((at for at, one in enumerate(tokens[: _LABEL + 1]) if one.plain == ":"), 0)
    return " ".join(one.plain for one in tokens[:at])


def _kinds() -> Mapping[str, FactKind]:
    kinds: Mapping[FactKind, list[str]] = word_lists("events")["facts"]
    return {label: kind for kind, labels in kinds.items() for label in labels}


def undated_head(mention: Mention) -> Mention:
    """The mention, as one of what happened: what heads a sheet is no dateline."""
    value = mention.value
    if isinstance(value, PlaceMention | DateMention) and value.in_dateline:
        return replace(mention, value=replace(value, in_dateline=False))
    return mention


def with_facts(scenes: Iterable[Scene], lines: Mapping[int, FactLine]) -> Iterator[Scene]:
    """The scenes, those of a sheet with its place and date, as sentences of one paragraph.

    The lines that give only a place or a date are left out.
    """
    sheet: list[tuple[Scene, FactKind]] = []
    number = -1
    for scene in scenes:
        line = lines.get(scene.paragraph)
        if sheet and (line is None or line.sheet != number):
            yield from _told(sheet, number)
            sheet = []
        if line is None:
            yield scene
        else:
            number = line.sheet
            sheet.append((scene, line.kind))
    yield from _told(sheet, number)


def _told(sheet: Sequence[tuple[Scene, FactKind]], number: int) -> Iterator[Scene]:
    telling = [one for one, kind in sheet if kind == "what" and one.tells_incident]
    if not telling:
        yield from (one for one, _ in sheet)
        return
    places = tuple(place for one, kind in sheet if kind == "where" for place in one.places)
    dates = tuple(day for one, kind in sheet if kind == "when" for day in one.dates)
    for one in telling:
        yield replace(
            one,
            paragraph=number,
            is_heading=False,
            is_entry=True,
            places=places or one.places,
            dates=dates or one.dates,
        )
