"""What the editor adds around a figure in slides and reports: a marking on every page, a logo."""

from __future__ import annotations

import io
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm as DocumentMm
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.util import Mm

from geo.briefing import powerpoint as decks
from geo.briefing import word_document as papers
from geo.briefing.measuring import rows
from geo.briefing.slide_size import MARGIN, SlideSize
from geo.briefing.wording import Paragraph
from geo.snapshot.content.content import Content
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.editorial_margins import logo_size
from geo.snapshot.layout.mirroring import RIGHT_TO_LEFT

_MARKING_SIZES: Final = (12.0, 10.0, 8.0)
"""Sizes of a marking on a slide in points; the first with which it fits on one line is used. The
margin of a slide has no room for more."""
_BAND: Final = 5.0
"""Millimetres of the margin in which a marking is."""
_EDGE: Final = 0.6
"""Millimetres between the edge of a slide and its marking."""
_SPARE: Final = 1.5
"""Millimetres by which a marking is higher than the margin below a picture."""
_LOGO: Final = (13.0, 42.0)
"""Greatest height and width of a logo in millimetres: about that of a title of one line."""
_BESIDE: Final = 4.0
"""Millimetres between a logo and what is beside or below it."""
_LOGO_NAME: Final = "Logo"
MARKING_NAME: Final = "Marking"


def mark_slides(deck: Deck, content: Content, page: SlideSize) -> None:
    """Write the marking at the top and at the bottom of every slide, if there is one."""
    said = content.editorial.marking_line
    if not said:
        return
    width = page.inner
    line = Paragraph(said, "heading")
    fitting = (size for size in _MARKING_SIZES if len(rows(line, size, width)) == 1)
    size = next(fitting, _MARKING_SIZES[-1])
    for slide in deck.slides:
        for top, where in ((_EDGE, "above"), (page.height - _BAND - _EDGE, "below")):
            name = f"{MARKING_NAME} {where}"
            box = PageBox(MARGIN, top, width, _BAND)
            decks.add_text(slide, [line], box, size=size, name=name)
            slide.shapes[-1].text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def turn_slides(deck: Deck, content: Content, page: SlideSize) -> None:
    """Let everything on each slide change sides, if the figure reads from right to left."""
    if content.editorial.language not in RIGHT_TO_LEFT:
        return
    for slide in deck.slides:
        for shape in slide.shapes:
            shape.left = Mm(page.width) - shape.left - shape.width


def marking_height(content: Content) -> float:
    """Return the millimetres that a marking needs above the lower margin of a slide."""
    return _SPARE if content.editorial.marking_line else 0.0


def logo_height(content: Content) -> float:
    """Return the millimetres that a logo needs, with the space below it; 0 without one."""
    return _logo_size(content)[1] + _BESIDE if content.editorial.logo else 0.0


def logo_width(content: Content) -> float:
    """Return the millimetres that a logo needs, with the space beside it; 0 without one."""
    return _logo_size(content)[0] + _BESIDE if content.editorial.logo else 0.0


def add_logo(slide: Any, content: Content, right: float, top: float) -> None:
    """Add the logo to a slide, if there is one, with its upper right corner there."""
    logo = content.editorial.logo
    if logo is None:
        return
    width, height = _logo_size(content)
    left = right - width
    picture = slide.shapes.add_picture(
        io.BytesIO(logo.png), Mm(left), Mm(top), Mm(width), Mm(height)
    )
    picture.name = _LOGO_NAME
    described = picture._element.nvPicPr.cNvPr  # noqa: SLF001 - python-pptx has no alt text
    described.set("descr", f"{_LOGO_NAME}.")


def add_header(document: Any, content: Content) -> None:
    """Add the marking to the header of every page of a report, and the logo above its title."""
    if content.editorial.marking_line:
        # Asking for the header of a document without one adds one.
        add_marking(document.sections[0].header.paragraphs[0], content)
    logo = content.editorial.logo
    if logo is None:
        return
    width, height = _logo_size(content)
    paragraph = document.add_paragraph(style="Body Text")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    shape = paragraph.add_run().add_picture(
        io.BytesIO(logo.png), DocumentMm(width), DocumentMm(height)
    )
    papers.describe(shape, _LOGO_NAME, f"{_LOGO_NAME}.")


def add_marking(paragraph: Any, content: Content) -> bool:
    """Write the marking into an empty paragraph, if there is one, and return whether there is."""
    said = content.editorial.marking_line
    if not said:
        return False
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    papers.fill(paragraph, Paragraph(said))
    for run in paragraph.runs:
        run.font.bold = True
    return True


def _logo_size(content: Content) -> tuple[float, float]:
    """Width and height of the logo in millimetres."""
    logo = content.editorial.logo
    assert logo is not None  # noqa: S101 - asked by the callers
    return logo_size(logo, *_LOGO)
