"""Build a Word document: its page, styles, paragraphs, links and fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from geo.briefing.measuring import HANG, rows
from geo.briefing.wording import (
    LANGUAGE,
    LANGUAGE_RTL,
    TYPE,
    Paragraph,
    introduce,
    spoken_runs,
)
from geo.snapshot.content.content import Content
from geo.snapshot.content.sizes import Size

MARGIN: Final = 18.0
"""Millimetres; narrower than Word's 25.4, so that the map is as large as in the PDF."""
_HIGH_MARGIN: Final = 15.0
"""Millimetres at the top and the bottom, with a header or footer of one line within them."""
_TO_EDGE: Final = 8.0
"""Millimetres from header and footer to the edge of the page: more than printers leave blank."""
_A4: Final = (210.0, 297.0)
"""Millimetres (ISO 216)."""
_LINE: Final = 1.15
"""Line spacing, as Word's own templates have it."""
STYLES: Final = {"text": "Body Text", "heading": "Heading 2", "item": "Record", "quiet": "Credit"}
# style: size, bold, space before and after in points, kept with the next paragraph
_SET: Final = {
    "Normal": (10.0, False, 0, 4, False),
    "Title": (18.0, True, 0, 4, True),
    "Subtitle": (10.5, False, 0, 6, False),
    "Heading 1": (13.0, True, 14, 4, True),
    "Heading 2": (10.5, True, 8, 3, True),
    "Body Text": (10.0, False, 0, 4, False),
    "Caption": (9.0, False, 3, 8, False),
    "Record": (10.0, False, 0, 3, False),
    "Source": (10.0, False, 0, 3, False),
    "Map": (10.0, False, 4, 0, True),
    "Credit": (9.0, False, 0, 2, False),
    "Footer": (9.0, False, 0, 0, False),
}
_TITLES: Final = (18.0, 16.0, 14.0)
"""Sizes of the title in points; the first with which it fits into its rows is used."""
_TITLE_ROWS: Final = 2
"""Rows of a title; more would push the figure off the first page."""
_VECTOR: Final = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{relation}"/></a:ext></a:extLst>'
)
"""The extension of a picture that names its SVG ([MS-ODRAWXML] 2.3.2.12)."""
_ALTERNATIVE: Final = "Liberation Sans"


def new_document(content: Content, size: Size) -> WordDocument:
    """Return an empty document with its page, styles and properties."""
    document = Document()
    _page(document, size)
    _styles(document, title_points(content, size))
    introduce(document.core_properties, content)
    _drop(document)
    return document


def text_width(size: Size) -> float:
    """Return the millimetres between the margins."""
    return sheet(size)[0] - 2 * MARGIN


def figure_width(size: Size) -> float:
    """Return the millimetres of the figure: those of its size, or all between the margins."""
    return min(size.width, text_width(size)) if size.medium == "report" else text_width(size)


def title_points(content: Content, size: Size) -> float:
    """Return the title's size in points; a long title is smaller, on two rows if possible."""
    line, width = Paragraph(content.title, "heading"), text_width(size)
    return next(
        (each for each in _TITLES if len(rows(line, each, width)) <= _TITLE_ROWS), _TITLES[-1]
    )


def sheet(size: Size) -> tuple[float, float]:
    """Return the page's width and height in millimetres; A4 for slides and the web.

    Returns
    -------
    Width and height in millimetres.
    """
    return (size.width, size.height) if size.medium == "print" else _A4


def add_paragraph(document: Any, line: Paragraph, style: str | None = None, mark: str = "") -> Any:
    """Append a paragraph to a document, footer or cell.

    Parameters
    ----------
    mark
        Name of a bookmark to add there.
    """
    paragraph = document.add_paragraph(style=style or STYLES[line.kind])
    fill(paragraph, line, mark)
    return paragraph


def add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    """Append a table whose first row is its head, repeated on every page that it runs over."""
    table = document.add_table(rows=0, cols=len(rows[0]))
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = "Record"
            paragraph.paragraph_format.left_indent = Mm(0)
            paragraph.paragraph_format.first_line_indent = Mm(0)
            fill(paragraph, Paragraph(text))
            paragraph.runs[0].bold = None if number else True
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))


def fill(paragraph: Any, line: Paragraph, mark: str = "") -> None:
    """Write a line into an empty paragraph."""
    if line.rtl:
        _right_to_left(paragraph)
    if mark:
        _bookmark(paragraph, mark, line.number)
    if line.number:
        _run(paragraph, f"{line.number}\t", line, "Strong")
    _run(paragraph, f"{line.text} " if line.link else line.text, line)
    if line.link:
        link(paragraph, line.link, line.link)


def add_runs(paragraph: Any, text: str, style: str | None = None) -> list[Any]:
    """Add text, each run of it in its language; return the runs."""
    runs = []
    for part, spoken in spoken_runs(text):
        run = paragraph.add_run(part, style=style)
        if spoken != LANGUAGE:
            language = OxmlElement("w:lang")
            language.set(qn("w:bidi"), spoken)
            run._r.get_or_add_rPr().append(language)
        runs.append(run)
    return runs


def link(paragraph: Any, text: str, address: str) -> None:
    """Add text that links to an address."""
    to = paragraph.part.relate_to(address, RELATION.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), to)
    run = paragraph.add_run(text, style="Hyperlink")._r  # python-docx has no function for links
    element.append(run)
    paragraph._p.append(element)


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field that Word calculates, with the text shown until then."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), f" {instruction} ")
    element.append(paragraph.add_run(shown)._r)
    paragraph._p.append(element)


def describe(picture: Any, name: str, alt_text: str) -> None:
    """Give a picture its alternative text."""
    inline = picture._inline  # python-docx does not support alt text
    inline.docPr.set("name", name)
    inline.docPr.set("descr", alt_text)
    for side in "TBLR":
        # LibreOffice moves the picture by 3 mm where these are missing.
        inline.set(f"dist{side}", "0")


def add_vector(document: Any, picture: Any, svg: bytes) -> None:
    """Give a picture its vector graphics, which Word shows from 2016 on instead of the PNG."""
    package = document.part.package
    part = Part(PackURI("/word/media/figure1.svg"), "image/svg+xml", svg, package)
    relation = document.part.relate_to(part, RELATION.IMAGE)
    (blip,) = picture._inline.xpath(".//a:blip")  # python-docx does not support SVG
    blip.append(parse_xml(_VECTOR.format(relation=relation)))


def _run(paragraph: Any, text: str, line: Paragraph, style: str | None = None) -> None:
    for run in add_runs(paragraph, text, style):
        if line.rtl:
            run.font.rtl = True


def _right_to_left(paragraph: Any) -> None:
    """Mark a paragraph as right to left; Word then indents it from the right."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(OxmlElement("w:bidi"))


def _bookmark(paragraph: Any, name: str, number: str) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        element = OxmlElement(tag)
        element.set(qn("w:id"), number)
        if tag == "w:bookmarkStart":
            element.set(qn("w:name"), name)
        paragraph._p.append(element)


def _page(document: WordDocument, size: Size) -> None:
    section = document.sections[0]
    width, height = sheet(size)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(_HIGH_MARGIN), Mm(_HIGH_MARGIN)
    section.header_distance = section.footer_distance = Mm(_TO_EDGE)


def _styles(document: WordDocument, title: float) -> None:
    _default_type(document)
    _language(document)
    for name in ("Map", "Record", "Source", "Credit"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[
            "Normal"
        ]
    for name, (usual, bold, before, after, together) in _SET.items():
        style: Any = document.styles[name]
        points = title if name == "Title" else usual
        style.font.name, style.font.size, style.font.bold = TYPE, Pt(points), bold
        style.font.italic = False
        _undecorate(style)
        style.font.color.rgb = RGBColor.from_string("111111")
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.keep_with_next, form.keep_together = together, True
        form.line_spacing = _LINE
        _complex(style, points, bold=bold)
    for name in ("Record", "Source"):
        hanging = document.styles[name].paragraph_format
        hanging.left_indent, hanging.first_line_indent = Mm(HANG), Mm(-HANG)
        hanging.tab_stops.add_tab_stop(Mm(HANG))
    linked: Any = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    linked.font.underline = True
    linked.font.color.rgb = RGBColor.from_string("1F5FBF")


def _undecorate(style: Any) -> None:
    """Remove the wide spacing and the blue rule from the template's titles."""
    for holder, tag in ((style.element.rPr, "w:spacing"), (style.element.pPr, "w:pBdr")):
        for found in holder.findall(qn(tag)) if holder is not None else ():
            holder.remove(found)


def _complex(style: Any, points: float, *, bold: bool) -> None:
    """Set size, weight and typeface for Dari and Pashto, which Word keeps separate from Latin."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith(("Theme", "theme")):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), TYPE)
    style.font.cs_bold = bold
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), f"{points * 2:g}")
    # Word treats a document as damaged if these properties are in another order.
    properties.find(qn("w:sz")).addnext(size)


def _language(document: WordDocument) -> None:
    """Set the languages in which a screen reader reads what has none of its own."""
    (language,) = document.styles.element.xpath("w:docDefaults//w:lang")
    language.set(qn("w:val"), LANGUAGE)
    language.set(qn("w:bidi"), LANGUAGE_RTL)


def _default_type(document: WordDocument) -> None:
    """Name the typeface that Linux uses where Arial is missing in the table of fonts."""
    known = f'<w:font w:name="{TYPE}">'.encode()
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            said = known + f'<w:altName w:val="{_ALTERNATIVE}"/>'.encode()
            part._blob = part.blob.replace(known, said)


def _drop(document: WordDocument) -> None:
    rels: Any = document.part.package.rels
    for key, relation in list(rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            rels.pop(key)
