"""A PDF that a screen reader can read: PDF/UA-1 (ISO 14289-1), written with matplotlib's writer.

What matplotlib writes is completed: the structure tree, title and language of the document, its
metadata, links that are part of the text, bookmarks, and character maps that every reader accepts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from matplotlib.backends._backend_pdf_ps import CharacterTracker
from matplotlib.backends.backend_pdf import Name, PdfFile
from matplotlib.font_manager import FontPath

from geo.snapshot.output.in_print import print_boxes
from geo.snapshot.output.pdf_tags import MarkedContent, PdfLink, PdfTag

PAGE_LINK: Final = "#page="
"""Begins the address of a page of the same file, numbered from 1."""
_PRINTED: Final = 4
"""Flag of an annotation that is printed with its page (ISO 32000-1:2008, table 165)."""
_GLYPHS: Final = 256
"""Characters in each part of a typeface, as matplotlib divides them by default."""
_AT_ONCE: Final = 100
"""Most entries of one block of a character map (ISO 32000-1:2008, 9.10.3, after Adobe's
Technical Note 5014)."""
_RANGES: Final = re.compile(rb"\d+ beginbfrange\n(.*)\nendbfrange", re.DOTALL)
_RANGE: Final = re.compile(rb"<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]")
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>{created}
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_Untyped: Any = PdfFile
_UntypedTracker: Any = CharacterTracker


@dataclass(frozen=True, slots=True)
class PdfAbout:
    """What a PDF says about itself.

    Parameters
    ----------
    subject
        What it shows, in a few sentences.
    language
        Tag of BCP 47 of the language that most of it is in.
    day
        The day that it is dated.
    entries
        Further entries of its information dictionary, which no reader shows.
    bleed
        Millimetres that a print shop cuts off on each side.
    """

    title: str
    subject: str = ""
    keywords: str = ""
    language: str = "en"
    day: date | None = None
    entries: tuple[tuple[str, str], ...] = ()
    bleed: float = 0.0

    @property
    def created(self) -> datetime | None:
        """The beginning of its day."""
        day = self.day
        return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: a page by its index, and a place on it; those below it are folded.

    Parameters
    ----------
    top
        Points from the lower edge of the page; ``None`` for the whole page.
    """

    title: str
    page: int
    top: float | None = None
    below: tuple[Bookmark, ...] = ()


class TaggedFile(_Untyped):  # type: ignore[misc] # untyped in matplotlib
    """Matplotlib's file, whose catalog is written last."""

    def __init__(self, file: io.BytesIO, about: PdfAbout) -> None:
        self._catalog: dict[str, Any] = {}
        self._about = about
        super().__init__(file, metadata={
            "Title": about.title, "Subject": about.subject, "Keywords": about.keywords,
            "Creator": "Incident Map", "Producer": "matplotlib", "CreationDate": about.created,
        })  # fmt: skip
        self.infoDict |= dict(about.entries)
        self._character_tracker = _GlyphTracker(_GLYPHS)

    def writeObject(self, object: Any, contents: Any) -> None:  # noqa: A002, N802 - as matplotlib calls it
        """Write an object, but keep the catalog, and say in a page where its tags are."""
        kind = contents.get("Type") if isinstance(contents, dict) else None
        if kind == Name("Catalog"):
            self._catalog = contents
            return
        if kind == Name("Page"):
            # Whoever tabs through a page goes in the order of its tags.
            contents |= {"StructParents": len(self.pageList), "Tabs": Name("S")}
            contents |= print_boxes(contents["MediaBox"], self._about.bleed)
        super().writeObject(object, contents)

    def outputStream(self, ref: Any, data: bytes, *, extra: Any = None) -> None:  # noqa: N802 - as matplotlib calls it
        """Write a stream; a character map in the form that every reader accepts."""
        plain = _in_single_characters(data) if data.startswith(b"/CIDInit") else data
        super().outputStream(ref, plain, extra=extra)

    def complete(self, root: PdfTag, bookmarks: Sequence[Bookmark]) -> None:
        """Write what describes the pages, which all have been drawn, and close the file."""
        self.endStream()
        about = self._about
        self._catalog |= {
            # 1.7 is what PDF/UA is based on; matplotlib's header says 1.4.
            "Version": Name("1.7"), "Lang": about.language, "Metadata": self._metadata(),
            "MarkInfo": {"Marked": True}, "ViewerPreferences": {"DisplayDocTitle": True},
            "StructTreeRoot": _TreeWriter(self, len(self.pageList)).write(root),
        }  # fmt: skip
        if bookmarks:
            self._catalog |= {"Outlines": self._outline(bookmarks), "PageMode": Name("UseOutlines")}
        super().writeObject(self.rootObject, self._catalog)
        self.finalize()
        self.close()

    def annotate(self, link: PdfLink, key: int) -> Any:
        """Write a link annotation; `key` is its number in the tree of parents."""
        if link.address.startswith(PAGE_LINK):
            page = int(link.address.removeprefix(PAGE_LINK)) - 1
            opens: dict[str, Any] = {"S": Name("GoTo"), "D": [self.pageList[page], Name("Fit")]}
            text = f"Page {page + 1}"
        else:
            opens = {"S": Name("URI"), "URI": link.address}
            text = link.address
        made = self.reserveObject("link")
        self.writeObject(made, {
            "Type": Name("Annot"), "Subtype": Name("Link"), "Rect": link.box, "F": _PRINTED,
            "Border": [0, 0, 0], "A": opens, "Contents": text, "StructParent": key,
        })  # fmt: skip
        self._annotations[link.page][1].append(made)
        return {
            "Type": Name("OBJR"), "Obj": made, "Pg": self.pageList[link.page],
        }  # fmt: skip

    def _metadata(self) -> Any:
        about = self._about
        created = about.created
        data = _XMP.format(
            title=escape(about.title), subject=escape(about.subject),
            keywords=escape(about.keywords), language=escape(about.language),
            producer=self.infoDict["Producer"], creator=self.infoDict["Creator"],
            created="" if created is None
            else f"\n<xmp:CreateDate>{created.isoformat()}</xmp:CreateDate>",
        ).encode()  # fmt: skip
        made = self.reserveObject("metadata")
        # Not compressed, so that programs that do not read PDF find it.
        self.recordXref(made.id)
        self.write(b"%d 0 obj\n<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%b\n"
                   b"endstream\nendobj\n" % (made.id, len(data), data))  # fmt: skip
        return made

    def _outline(self, bookmarks: Sequence[Bookmark]) -> Any:
        made = self.reserveObject("outlines")
        about = {"Type": Name("Outlines"), **self._entries(bookmarks, made)}
        self.writeObject(made, about | {"Count": len(bookmarks)})
        return made

    def _entries(self, bookmarks: Sequence[Bookmark], parent: Any) -> dict[str, Any]:
        """Write bookmarks; return how their parent names them."""
        made = [self.reserveObject("bookmark") for _ in bookmarks]
        for at, bookmark in enumerate(bookmarks):
            page = self.pageList[bookmark.page]
            top = bookmark.top
            about = {
                "Title": bookmark.title, "Parent": parent,
                "Dest": [page, Name("Fit")] if top is None else [page, Name("XYZ"), 0, top, 0],
            }  # fmt: skip
            if at:
                about["Prev"] = made[at - 1]
            if at + 1 < len(made):
                about["Next"] = made[at + 1]
            if bookmark.below:
                # A negative number: folded.
                about |= self._entries(bookmark.below, made[at])
                about["Count"] = -len(bookmark.below)
            self.writeObject(made[at], about)
        return {"First": made[0], "Last": made[-1]}


class _TreeWriter:
    """Writes the structure tree, and the way back from each part of a page to its element."""

    def __init__(self, file: TaggedFile, pages: int) -> None:
        self.file = file
        self.marked: list[dict[int, Any]] = [{} for _ in range(pages)]
        self.links: list[Any] = []

    def write(self, root: PdfTag) -> Any:
        file = self.file
        tree, parents = file.reserveObject("tags"), file.reserveObject("parents of tags")
        top = self._element(root, tree)
        numbers: list[Any] = []
        for page, found in enumerate(self.marked):
            # Every number is an element: what is an artifact has none.
            numbers += [page, [found[at] for at in range(len(found))]]
        for at, element in enumerate(self.links):
            numbers += [len(self.marked) + at, element]
        file.writeObject(parents, {"Nums": numbers})
        file.writeObject(tree, {
            "Type": Name("StructTreeRoot"), "K": [top], "ParentTree": parents,
            "ParentTreeNextKey": len(self.marked) + len(self.links),
        })  # fmt: skip
        return tree

    def _element(self, tag: PdfTag, parent: Any) -> Any:
        made = self.file.reserveObject("tag")
        about: dict[str, Any] = {
            "Type": Name("StructElem"), "S": Name(tag.type), "P": parent,
            "K": [self._child(child, made) for child in tag.children],
        }  # fmt: skip
        texts = {"Alt": tag.alt, "ActualText": tag.actual_text, "Lang": tag.language}
        about |= {key: text for key, text in texts.items() if text}
        if tag.box is not None:
            about["A"] = {"O": Name("Layout"), "Placement": Name("Block"), "BBox": tag.box}
        if tag.type == "L":
            is_numbered = any(
                isinstance(entry, PdfTag) and any(
                    isinstance(part, PdfTag) and part.type == "Lbl" for part in entry.children
                ) for entry in tag.children
            )  # fmt: skip
            about["A"] = {
                "O": Name("List"), "ListNumbering": Name("Decimal" if is_numbered else "None"),
            }  # fmt: skip
        self.file.writeObject(made, about)
        return made

    def _child(self, child: PdfTag | MarkedContent | PdfLink, element: Any) -> Any:
        if isinstance(child, PdfTag):
            return self._element(child, element)
        if isinstance(child, PdfLink):
            self.links.append(element)
            return self.file.annotate(child, len(self.marked) + len(self.links) - 1)
        self.marked[child.page][child.number] = element
        page = self.file.pageList[child.page]
        return {"Type": Name("MCR"), "Pg": page, "MCID": child.number}


class _GlyphTracker(_UntypedTracker):  # type: ignore[misc] # untyped in matplotlib
    """Matplotlib's record of glyphs; none has the number 0, which is that of a missing glyph."""

    def track_glyph(self, font: Any, chars: Any, glyph: int) -> tuple[int, int]:
        """Note down a glyph.

        Returns
        -------
        The part of the typeface that it is in, and its number there.
        """
        subset, code = super().track_glyph(font, chars, glyph)
        if code or not subset:
            return int(subset), int(code)
        path = FontPath(font.fname, font.face_index)
        letters, names = self.used[path][subset], self.glyph_maps[path]
        letters |= {0: 0, 1: glyph}
        names.add(chars if isinstance(chars, str) else chr(chars), glyph, subset, 1)
        names.add("\ufffd", 0, subset, 0)
        return int(subset), 1


def _in_single_characters(data: bytes) -> bytes:
    """A character map without ranges, which some readers take for damaged."""
    return _RANGES.sub(lambda found: b"\n".join(_blocks(found[1])), data)


def _blocks(ranges: bytes) -> Iterator[bytes]:
    found = [
        b"<%04x> %b" % (int(start, 16) + at, letters)
        for start, values in _RANGE.findall(ranges)
        for at, letters in enumerate(values.split())
    ]
    for at in range(0, len(found), _AT_ONCE):
        part = found[at : at + _AT_ONCE]
        yield b"%d beginbfchar\n%b\nendbfchar" % (len(part), b"\n".join(part))
