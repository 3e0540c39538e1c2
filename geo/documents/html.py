"""Saved web pages: the article without navigation, teasers and notices."""

from __future__ import annotations

import re
from typing import Final

from geo.documents.decoding import DecodedText, decoded
from geo.documents.document import Document, DocumentPart
from geo.documents.html_article import article_blocks
from geo.documents.html_blocks import HtmlBlock, HtmlPage, read_saved_page
from geo.documents.html_metadata import page_day, page_title
from geo.documents.text_builder import TextBuilder, byte_places, plain_words

_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE
)
_HEAD: Final = 4_096
"""Bytes in which a page names its encoding: the standard asks for the first 1,024."""


def read_html(data: bytes, name: str, sha256: str) -> Document:
    """Read a saved page: its headline and its article, with the bytes that each word came from.

    Examples
    --------
    >>> page = b"<title>A raid</title><nav><a href=x>Home</a></nav><p>Two men <b>died</b>.</p>"
    >>> found = read_html(page, "d.html", "")
    >>> found.title, found.text, str(found.origin_of(8, 12))
    ('A raid', 'Two men died.', 'bytes 64 to 73')
    """
    declared = _CHARSET.search(data[:_HEAD])
    found = decoded(data, name, declared[1].decode("ascii") if declared else "")
    return html_document(found, name, sha256)


def html_document(source: DecodedText, name: str, sha256: str) -> Document:
    """Read a page that is decoded already."""
    page = read_saved_page(source.text, name)
    title, published = page_title(page), page_day(page)
    builder = TextBuilder(name, "byte")
    for block in _with_headline(page, article_blocks(page)):
        builder.paragraph(block.pieces)
    text = builder.text
    origins = byte_places(source.text, source.encoding, builder.origins(), source.mark)
    parts = (DocumentPart(0, len(text), title, published),)
    notes = (source.note,) if source.note else ()
    return Document(sha256, "html", text, title, published, parts, notes, origins)


def _with_headline(page: HtmlPage, blocks: list[HtmlBlock]) -> list[HtmlBlock]:
    """The article after its headline, which often is in another element of the page."""
    if any(page.elements[one.element].name == "h1" for one in blocks):
        return blocks
    title = plain_words(page_title(page)).casefold()
    for one in page.blocks:
        if page.elements[one.element].name == "h1":
            said = plain_words(one.text).casefold()
            if said and (said in title or title in said):
                return [one, *blocks]
    return blocks
