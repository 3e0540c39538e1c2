"""Build a PowerPoint deck: its theme, text frames and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.presentation import Presentation as Deck
from pptx.util import Mm, Pt

from geo.briefing.measuring import AFTER, HANG, height_of
from geo.briefing.slide_size import MARGIN, TOP, SlideSize
from geo.briefing.wording import LANGUAGE, TYPE, Paragraph, introduce, spoken_runs
from geo.snapshot.content.content import Content
from geo.snapshot.content.sizes import PageBox
from geo.snapshot.layout.theme import Theme

_GUTTER: Final = 8.0
"""Millimetres between two columns: wider than any space between words."""
_TITLE: Final = 20.0
"""Size in points of the title above columns, which is a short heading."""
_COLUMNS_TOP: Final = 22.0
"""Millimetres from the top to the columns: :data:`TOP`, the title and a little space."""
_COLUMNS_FOOT: Final = 14.0
"""Millimetres free below columns, since PowerPoint may set text a little higher than estimated."""
_TITLE_ONLY, _TWO_COLUMNS = "Title Only", "Two Content"
_TEMPLATE: Final = 254.0
"""Millimetres of the width of a slide of python-pptx's own template, which is 4:3."""
_FACE: Final = f'typeface="{TYPE}" panose="020B0604020202020204"'
_FACES: Final = re.compile(r"<a:(latin|cs) typeface=\"[^\"]*\"/>")
_ARABIC: Final = re.compile(r'script="Arab" typeface="[^"]*"')


def new_deck(content: Content, theme: Theme, page: SlideSize) -> Deck:
    """Return an empty deck with two layouts, in a theme's colours, dated like the snapshot."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(page.width), Mm(page.height)
    _fit(deck, page)
    _keep_layouts(deck)
    _theme(deck, theme)
    _drop(deck)
    introduce(deck.core_properties, content)
    return deck


def add_slide(deck: Deck, title: str, *, size: float, width: float) -> Any:
    """Add a slide with its title in the placeholder that outlines and screen readers look for.

    Parameters
    ----------
    size, width
        Points of the type of the title, and millimetres of its box.
    """
    layout = deck.slide_layouts.get_by_name(_TITLE_ONLY)
    slide = deck.slides.add_slide(layout)
    _place(slide.shapes.title, PageBox(MARGIN, TOP, width, title_height(title, size, width)))
    write(slide.shapes.title.text_frame, [Paragraph(title, "heading")], size=size)
    return slide


def title_height(title: str, size: float, width: float) -> float:
    """Return the millimetres that a title needs."""
    return height_of([Paragraph(title, "heading")], size, width) + 2


def add_columns(
    deck: Deck,
    title: str,
    columns: Sequence[Sequence[Paragraph]],
    page: SlideSize,
    *,
    size: float,
) -> Any:
    """Add a slide with a title and two columns of native text."""
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name(_TWO_COLUMNS))
    _place(slide.shapes.title, PageBox(MARGIN, TOP, page.inner, 2 * TOP))
    write(slide.shapes.title.text_frame, [Paragraph(title, "heading")], size=_TITLE)
    for at, holder in enumerate(list(slide.placeholders)[1:]):
        if at >= len(columns):
            holder.element.getparent().remove(holder.element)
            continue
        _place(holder, column_box(at, page))
        write(holder.text_frame, columns[at], size=size)
    return slide


def column_box(at: int, page: SlideSize) -> PageBox:
    """Return the box of the left (0) or right (1) column of a list."""
    width = (page.inner - _GUTTER) / 2
    left, height = MARGIN + at * (width + _GUTTER), page.height - _COLUMNS_TOP - _COLUMNS_FOOT
    return PageBox(left, _COLUMNS_TOP, width, height)


def add_text(
    slide: Any, lines: Sequence[Paragraph], box: PageBox, *, size: float, name: str = "Text"
) -> None:
    """Add a box of native text."""
    shape = slide.shapes.add_textbox(Mm(box.left), Mm(box.top), Mm(box.width), Mm(box.height))
    shape.name = name
    write(shape.text_frame, lines, size=size)


def add_picture(slide: Any, png: Any, box: PageBox, alt_text: str) -> None:
    """Add a picture with its alternative text."""
    picture = slide.shapes.add_picture(
        png, Mm(box.left), Mm(box.top), Mm(box.width), Mm(box.height)
    )
    picture.name = "Map"
    picture._element.nvPicPr.cNvPr.set("descr", alt_text)  # python-pptx does not support alt text


def add_notes(deck: Deck, slide: Any, lines: Iterable[Paragraph]) -> None:
    """Add the notes that the speaker sees."""
    write(slide.notes_slide.notes_text_frame, lines, size=None)
    theme: Any = deck.notes_master.part.part_related_by(RELATION.THEME)
    for element in theme._element.iter(_a("latin")):
        element.set("typeface", TYPE)


def write(frame: Any, lines: Iterable[Paragraph], *, size: float | None) -> None:
    """Replace the content of a text frame by paragraphs."""
    frame.clear()
    frame.word_wrap = True
    if size is not None:
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        _direct(paragraph._p.get_or_add_pPr(), line, hangs=size is not None)
        if size is not None:
            paragraph.space_before, paragraph.space_after = Pt(0), Pt(AFTER)
        for text, language, bold, link in _runs(line):
            run = paragraph.add_run()
            run.text = text
            run.font.bold = bold or None
            run._r.get_or_add_rPr().set("lang", language)
            if size is not None:
                run.font.size = Pt(size)
            if link:
                run.hyperlink.address = link


def _runs(line: Paragraph) -> Iterator[tuple[str, str, bool, str]]:
    """Yield text, language, whether it is bold, and link of each run."""
    if line.number:
        yield f"{line.number}\t", LANGUAGE, True, ""
    for text, language in spoken_runs(f"{line.text} " if line.link else line.text):
        yield text, language, line.kind == "heading", ""
    if line.link:
        yield line.link, LANGUAGE, False, line.link


def _direct(properties: Any, line: Paragraph, *, hangs: bool) -> None:
    """Set direction, side and hanging number of a paragraph, instead of a bullet."""
    if hangs:
        side = "marR" if line.rtl else "marL"
        indent = int(Mm(HANG)) if line.number else 0
        properties.set("marL", "0")
        properties.set(side, str(indent))
        properties.set("indent", str(-indent))
    properties.set("rtl", "1" if line.rtl else "0")
    properties.set("algn", "r" if line.rtl else "l")
    properties.insert(0, properties.makeelement(_a("buNone")))


def _a(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"


def _place(shape: Any, box: PageBox) -> None:
    shape.left, shape.top = Mm(box.left), Mm(box.top)
    shape.width, shape.height = Mm(box.width), Mm(box.height)


def _fit(deck: Deck, page: SlideSize) -> None:
    """Fit the frames of python-pptx's own template to the width of the slide, and name no screen.

    The template says that it is for a 4:3 screen, whatever its size.
    """
    wider = page.width / _TEMPLATE
    deck.part._element.sldSz.attrib.pop("type", None)
    for owner in (deck.slide_master, *deck.slide_layouts):
        for shape in owner.placeholders:
            if shape._element.spPr.xfrm is not None:  # else it inherits its position
                shape.left, shape.width = (
                    Mm(shape.left.mm * wider), Mm(shape.width.mm * wider)
                )  # fmt: skip


def _keep_layouts(deck: Deck) -> None:
    for layout in list(deck.slide_layouts):
        if layout.name not in {_TITLE_ONLY, _TWO_COLUMNS}:
            deck.slide_layouts.remove(layout)


def _theme(deck: Deck, theme: Theme) -> None:
    """Set typeface and colours in the theme, so that a slide pasted elsewhere takes its deck's."""
    part: Any = deck.slide_master.part.part_related_by(RELATION.THEME)
    text = part.blob.decode()
    colours = {
        "dk1": theme.ink, "lt1": theme.surface, "dk2": theme.muted, "lt2": theme.background,
        "hlink": theme.focus, "folHlink": theme.focus,
    }  # fmt: skip
    for name, colour in colours.items():
        said = f'<a:{name}><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", said, text, count=1)
    text = _FACES.sub(rf"<a:\1 {_FACE}/>", text)
    part._blob = _ARABIC.sub(f'script="Arab" typeface="{TYPE}"', text).encode()


def _drop(deck: Deck) -> None:
    """Remove the template's thumbnail and printer settings, which nobody needs."""
    package = deck.part.package
    for owner in (package, deck.part):
        rels: Any = owner._rels
        for key, relation in list(rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in {"thumbnail", "printerSettings"}:
                rels.pop(key)
