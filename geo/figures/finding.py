"""The figures of a file, recognised by what they carry, wherever others have put them.

A picture carries its imprint within its bytes, so that it is recognised in whatever file and under
whatever name. Where an office program has saved the picture again without it, the file's own list
of imprints and the picture's text alternative say which figure it was.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal
from xml.etree.ElementTree import Element

from geo import limits
from geo.errors import GeoError, IntakeError
from geo.events.readers.markup import elements, local
from geo.figures.office_file import OfficeFile, is_archive
from geo.figures.shapes import PlacedPicture, pictures_of
from geo.snapshot.content.imprint import MARK, Imprint, digest8
from geo.snapshot.output.in_pdf import digest_pdf, find_in_pdf
from geo.snapshot.output.in_png import SIGNATURE, digest_png, find_in_png
from geo.snapshot.output.in_svg import digest_svg, find_in_svg

PictureState = Literal["as drawn", "altered", "saved again", "shapes"]
"""``saved again``: the picture has lost its imprint, as when an office program compresses it;
``shapes``: it consists of shapes, which are not compared."""
PROPERTIES: Final = "docProps/custom.xml"
"""The part with a deck's or report's own list of imprints (ISO/IEC 29500-1, 15.2.12.2)."""
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_WHOLE: Final = frozenset({"figure"})


@dataclass(frozen=True)
class FoundFigure:
    """A figure in a file.

    Parameters
    ----------
    imprint
        What it carries.
    state
        Whether it is as it was drawn.
    part
        The part of an office file with the picture; empty for shapes, and for a file that is a
        figure.
    uses
        Where it appears: ``slide 3``, ``slide 5``; empty for a file that is a figure.
    pages
        The parts with these slides.
    """

    imprint: Imprint
    state: PictureState
    part: str = ""
    uses: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundFigures:
    """The figures of a file in their order, and a message for each that cannot be read."""

    figures: tuple[FoundFigure, ...]
    faults: tuple[str, ...] = ()


def find_figures(data: bytes, file: str) -> FoundFigures:
    """Return the figures in a PPTX, DOCX, PNG, SVG or PDF.

    Parameters
    ----------
    file
        Its name in messages; its ending does not matter.

    Raises
    ------
    IntakeError
        It is none of these, damaged, or larger than the limits.

    Examples
    --------
    >>> find_figures(b"GIF89a", "x.png")
    Traceback (most recent call last):
    ...
    geo.errors.IntakeError: x.png: is not a PPTX, DOCX, PNG, SVG or PDF file
    """
    if len(data) > (most := limits.MAX_FIGURE_FILE_BYTES):
        raise IntakeError(f"{file}: larger than {most:,} bytes; split it into several files")
    if is_archive(data):
        return _in_office(OfficeFile(data, file))
    try:
        found = _in_picture(data, file) if _is_picture(data) else _in_pdf(data, file)
    except GeoError as error:
        if isinstance(error, IntakeError):
            raise
        return FoundFigures((), (str(error),))
    return FoundFigures((found,) if found else ())


def ending_of(data: bytes, file: str) -> str:
    """Return the ending of a file that :func:`find_figures` accepts, without a dot.

    Raises
    ------
    IntakeError
        It is an archive of another kind.

    Examples
    --------
    >>> ending_of(b"%PDF-1.4", "a.bin")
    'pdf'
    """
    if is_archive(data):
        return OfficeFile(data, file).main[0]
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "png" if data.startswith(SIGNATURE) else "svg"


def digest_of_file(data: bytes, file: str) -> str:
    """Return the digest of what a PNG, SVG or PDF draws, whatever its other bytes are.

    Raises
    ------
    IntakeError
        It is damaged, larger than the limits, or another kind of file.

    Examples
    --------
    >>> svg = b"<svg xmlns='http://www.w3.org/2000/svg'>%s</svg>"
    >>> digest_of_file(svg % b"", "a") == digest_of_file(svg % b"<title>A</title>", "b")
    True
    """
    if data.startswith(b"%PDF-"):
        return digest_pdf(data, file)
    return digest_png(data, file) if data.startswith(SIGNATURE) else digest_svg(_root(data, file))


def _is_picture(data: bytes) -> bool:
    return data.startswith(SIGNATURE) or data.lstrip(_BLANK).startswith(b"<")


def _in_pdf(data: bytes, file: str) -> FoundFigure | None:
    if not data.startswith(b"%PDF-"):
        raise IntakeError(f"{file}: is not a PPTX, DOCX, PNG, SVG or PDF file")
    text, picture = find_in_pdf(data, file)
    if not text:
        return None
    imprint = replace(Imprint.from_text(text, file), picture=picture)
    return FoundFigure(imprint, _state(imprint, digest_pdf(data, file)))


def _in_picture(data: bytes, file: str) -> FoundFigure | None:
    """Return the figure of a PNG or SVG, or nothing if it has no imprint."""
    if data.startswith(SIGNATURE):
        text = find_in_png(data, file)
        root = None
    else:
        root = _root(data, file)
        text = find_in_svg(root)
    if not text:
        return None
    imprint = Imprint.from_text(text, file)
    digest = digest_png(data, file) if root is None else digest_svg(root)
    return FoundFigure(imprint, _state(imprint, digest))


def _root(data: bytes, file: str) -> Element:
    """Return the drawing of an SVG."""
    if len(data) > (most := limits.MAX_FIGURE_XML_BYTES):
        raise IntakeError(f"{file}: has {len(data):,} bytes of XML; at most {most:,} are read")
    root: Element | None = None
    for _, element, around in elements(io.BytesIO(data), file, frozenset({"svg"})):
        root = element if not around else root
    if root is None or local(root.tag) != "svg":
        raise IntakeError(f"{file}: is not a PPTX, DOCX, PNG, SVG or PDF file")
    return root


def _state(imprint: Imprint, digest: str) -> PictureState:
    return "as drawn" if imprint.picture == digest else "altered"


def _in_office(file: OfficeFile) -> FoundFigures:
    """Return the figures of a deck or report, each part with a picture once."""
    search = _OfficeSearch(file)
    for where, page, picture, part in _placed(file):
        search.add(where, page, picture, part)
    return FoundFigures(tuple(search.figures.values()), tuple(search.faults))


def _placed(file: OfficeFile) -> Iterator[tuple[str, str, PlacedPicture, str]]:
    """Yield each picture with its place, the part that places it, and the part that shows it."""
    count = 0
    for page in file.pages:
        targets = file.targets(page.name)
        for picture in pictures_of(file.steps(page.name, _WHOLE)):
            count += 1
            if count > (most := limits.MAX_FIGURES):
                raise IntakeError(f"{file.file}: has more than {most:,} pictures; split it")
            yield page.where, page.name, picture, targets.get(picture.reference, "")


class _OfficeSearch:
    """The figures found so far, by the part with their picture or by their imprint."""

    def __init__(self, file: OfficeFile) -> None:
        self.file = file
        listed = tuple(_listed(file))
        self.listed = {one.alt_text: one for one in listed if one.drawn.form != "shapes"}
        self.shapes = {one.recipe.hash8: one for one in listed if one.drawn.form == "shapes"}
        self.figures: dict[str, FoundFigure] = {}
        self.faults: list[str] = []
        self._read: dict[str, FoundFigure | None] = {}
        self._last = ("", "", "")

    def add(self, where: str, page: str, picture: PlacedPicture, part: str) -> None:
        """Note a picture if it is a figure."""
        placed = (page, picture.name, picture.alt_text)
        if picture.named and picture.named not in self.shapes:
            return
        if picture.is_vector and placed == self._last:
            # The same figure for programs that draw SVG.
            return
        try:
            key = part or self._id_of(picture, where)
            found = self.figures.get(key) or self._figure(where, picture, part)
        except GeoError as error:
            self.faults.append(f"{self.file.file}, {where}: {error}")
            return
        if found is not None:
            uses = tuple(dict.fromkeys((*found.uses, where)))
            pages = tuple(dict.fromkeys((*found.pages, page)))
            self.figures[key] = replace(found, uses=uses, pages=pages)
            self._last = placed

    def _id_of(self, picture: PlacedPicture, where: str) -> str:
        """Return the id of a figure of shapes, whether it is bound to them or only named."""
        if picture.own:
            return Imprint.from_text(picture.own, where).recipe.hash8
        return picture.named

    def _figure(self, where: str, picture: PlacedPicture, part: str) -> FoundFigure | None:
        if picture.own:
            return FoundFigure(Imprint.from_text(picture.own, where), "shapes")
        if picture.named:
            return FoundFigure(self.shapes[picture.named], "shapes")
        if part not in self.file.names:
            return None
        if part not in self._read:
            self._read[part] = None
            self._read[part] = self._in_part(part)
        if found := self._read[part]:
            return found
        imprint = self.listed.get(digest8(picture.alt_text)) if picture.alt_text else None
        return FoundFigure(imprint, "saved again", part) if imprint else None

    def _in_part(self, part: str) -> FoundFigure | None:
        data = self.file.part(part)
        if not _is_picture(data):
            return None
        found = _in_picture(data, part)
        return replace(found, part=part) if found else None


def _listed(file: OfficeFile) -> Iterator[Imprint]:
    """Yield the imprints that a file lists."""
    for text in property_texts(file):
        try:
            yield Imprint.from_text(text, PROPERTIES)
        except GeoError:  # what is not an imprint identifies no figure
            continue


def property_texts(file: OfficeFile, mark: str = MARK) -> Iterator[str]:
    """Yield the imprints among the properties of a deck or report, as text.

    Parameters
    ----------
    mark
        With what they begin, if something else than imprints is wanted.
    """
    if PROPERTIES not in file.names:
        return
    for event, element, _ in file.steps(PROPERTIES, frozenset({"property"})):
        if event == "end" and element.text and element.text.startswith(mark):
            yield element.text
