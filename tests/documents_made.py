"""Documents of every format that hold given paragraphs, as programs write them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape

import docx
import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

Paragraphs = Sequence[str]
_LINE = 80
"""Letters after which a program wraps a line."""


def wrapped(text: str, width: int = _LINE) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def text_file(paragraphs: Paragraphs) -> bytes:
    return "\r\n\r\n".join("\r\n".join(wrapped(one)) for one in paragraphs).encode("utf-8-sig")


def markdown_file(paragraphs: Paragraphs) -> bytes:
    head, *rest = paragraphs
    return "\n\n".join([f"# {head}", *("\n".join(wrapped(one)) for one in rest)]).encode()


def html_file(paragraphs: Paragraphs) -> bytes:
    body = "\n".join(f"<p>{'<wbr>'.join(escape(one).split('-'))}</p>" if "-" not in one
                     else f"<p>{escape(one)}</p>" for one in paragraphs)  # fmt: skip
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>A page</title>"
        '<meta property="article:published_time" content="2022-05-24T10:00:00Z"></head><body>'
        '<nav><ul><li><a href="/">Home</a><li><a href="/news">News</a></ul></nav>'
        f"<article><div class=body>{body}</div></article>"
        "<footer>© A paper. All rights reserved.</footer></body></html>"
    ).encode()


def docx_file(paragraphs: Paragraphs) -> bytes:
    made = docx.Document()
    for one in paragraphs:
        made.add_paragraph(one)
    sink = io.BytesIO()
    made.save(sink)
    return sink.getvalue()


def eml_file(paragraphs: Paragraphs) -> bytes:
    message = EmailMessage()
    message["Subject"] = "A release"
    message["Date"] = "Tue, 24 May 2022 23:30:00 -0700"
    message.set_content("\n\n".join("\n".join(wrapped(one, 60)) for one in paragraphs))
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    return bytes(message)


def telegram_file(paragraphs: Paragraphs) -> bytes:
    messages = [
        {"id": number, "type": "message", "date": f"2022-05-{number % 28 + 1:02}T21:00:00",
         "text": [one[:7], {"type": "bold", "text": one[7:]}]}
        for number, one in enumerate(paragraphs, start=1)
    ]  # fmt: skip
    return json.dumps({"name": "A front", "type": "public_channel", "messages": messages}).encode()


def pdf_file(paragraphs: Paragraphs, lines_on_a_page: int = 40) -> bytes:
    """A PDF with a header and a page number on each page, in Latin letters."""
    lines: list[str] = []
    for one in paragraphs:
        lines += [*wrapped(one), ""]
    pages = [lines[at : at + lines_on_a_page] for at in range(0, len(lines), lines_on_a_page)]
    writer = pypdf.PdfWriter()
    for number, page in enumerate(pages, start=1):
        added = writer.add_blank_page(595, 842)
        shown = ["A report of a paper", *page, str(number)]
        draw = "BT /F1 10 Tf 12 TL 50 800 Td\n" + "".join(
            f"({_pdf_text(line)}) Tj T*\n" for line in shown) + "ET"  # fmt: skip
        stream = DecodedStreamObject()
        stream.set_data(draw.encode("cp1252"))
        added[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001 - as its own tests do
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        })  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): font})
        added[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    sink = io.BytesIO()
    writer.write(sink)
    return sink.getvalue()


def _pdf_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def docx_of_xml(xml: bytes, **more: bytes) -> bytes:
    """A Word file with this as its content."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
        for name, data in more.items():
            archive.writestr(name, data)
    return sink.getvalue()


MAKERS: dict[str, Callable[[Paragraphs], bytes]] = {
    "release.txt": text_file, "release.md": markdown_file, "release.html": html_file,
    "release.pdf": pdf_file, "release.docx": docx_file, "release.eml": eml_file,
    "result.json": telegram_file,
}  # fmt: skip
"""How a document of each format is made, by the name of its file."""
