"""The search of a finished file for what must not be in it, before it is passed on."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geo.errors import ExportError
from geo.handover.canaries import (
    PIECE,
    Canaries,
    LatLon,
    bare_letters,
    canaries_of,
    has_word,
    say_found,
)
from geo.handover.reducing import Reduction
from geo.handover.unpacking import FileLayer, unpack_layers
from geo.text import counted

_LOG: Final = logging.getLogger(__name__)
_DECIMAL: Final = re.compile(r"-?\d{1,3}\.\d{2,}")
_GAP: Final = 16
"""Characters between latitude and longitude of one position: ``, "lon": `` and less."""
_DECIMALS: Final = 4
"""Decimals of a degree to which positions are compared, as in :mod:`geo.handover.canaries`."""
_MOST_SHOWN: Final = 10
"""Findings that a message lists; one is enough to refuse the file."""


@dataclass(frozen=True, slots=True)
class ScanFinding:
    """Something that must not be in a file, and the layer in which it is."""

    layer: str
    entry: str


def scan_file(data: bytes, name: str, canaries: Canaries) -> tuple[ScanFinding, ...]:
    """Search every layer of a file for what must not be in it.

    Returns
    -------
    tuple
        The findings, each entry once for each layer; empty for a file that may be passed on.

    Raises
    ------
    IntakeError
        The file cannot be unpacked, so that nothing is known of it.

    Examples
    --------
    A text is found whatever a format makes of it:

    >>> secret = Canaries(pieces={"meetingatthemillbytheriv": "incident 'a-meeting'"})
    >>> page = b"<p>A meeting at<br>the mill by</p> <p>the <b>riv</b>er"
    >>> scan_file(page, "x.html", secret)[0].entry
    "incident 'a-meeting'"
    """
    if not len(canaries):
        return ()
    found = {
        ScanFinding(layer.where, entry): None
        for layer in unpack_layers(data, name)
        for entry in _in_layer(layer, canaries)
    }
    _LOG.debug("%s: %d findings for %d canaries", name, len(found), len(canaries))
    return tuple(found)


def check_file(data: bytes, name: str, canaries: Canaries) -> None:
    """Refuse a file that holds what must not be in it.

    Raises
    ------
    ExportError
        Something was found. The data were reduced before, so that this is a fault of the program;
        it is logged with the layers.
    IntakeError
        The file cannot be unpacked.
    """
    found = scan_file(data, name, canaries)
    if not found:
        return
    for one in found[:_MOST_SHOWN]:
        _LOG.error("%s: what is to be excluded is in %s", name, one.layer)
    entries = say_found(one.entry for one in found)
    layer = found[0].layer
    msg = (
        f"{name}: was not written, because it still holds {entries}, which is to be excluded (in "
        f"{layer}; {counted(len(found), 'finding')}). This is a fault of the program; please "
        "report it to its maintainers, and do not pass the file on."
    )
    raise ExportError(msg)


def check_files(files: Iterable[tuple[str, bytes]], reduction: Reduction, *allowed: str) -> None:
    """Refuse files that hold what their data were reduced from.

    Parameters
    ----------
    files
        Name and bytes of each file.
    allowed
        Texts that the person who makes the files has written for them.

    Raises
    ------
    ExportError
        As :func:`check_file` does.
    """
    canaries = canaries_of(reduction, allowed)
    for name, data in files:
        check_file(data, name, canaries)


def _in_layer(layer: FileLayer, canaries: Canaries) -> Iterator[str]:
    if canaries.ids:
        text = layer.text.casefold()
        yield from (entry for word, entry in canaries.ids.items() if has_word(text, word))
    letters = bare_letters(layer.text)
    yield from (entry for phrase, entry in canaries.phrases.items() if phrase in letters)
    if canaries.pieces:
        pieces = canaries.pieces
        ends = range(len(letters) - PIECE + 1)
        yield from (pieces[piece] for at in ends if (piece := letters[at : at + PIECE]) in pieces)
    if canaries.positions:
        yield from _positions(layer.text, canaries)


def _positions(text: str, canaries: Canaries) -> Iterator[str]:
    """The positions of which both numbers are next to each other, in either order."""
    before: tuple[int, float] | None = None
    for found in _DECIMAL.finditer(text):
        number = round(float(found[0]), _DECIMALS)
        if before is not None and found.start() - before[0] <= _GAP:
            pairs: tuple[LatLon, LatLon] = (before[1], number), (number, before[1])
            yield from (canaries.positions[one] for one in pairs if one in canaries.positions)
        before = found.end(), number
