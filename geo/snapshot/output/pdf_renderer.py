"""Drawing of a page into a PDF, each part marked with the element that it belongs to."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib import _text_helpers
from matplotlib.backends.backend_pdf import Op, RendererPdf, _get_link_annotation
from matplotlib.font_manager import FontPath
from matplotlib.ft2font import LoadFlags

from geo.snapshot.content.layers import LEGEND, MESSAGE, PAGE, TEXT, TITLE
from geo.snapshot.content.sizes import POINTS_PER_INCH
from geo.snapshot.layout.signs import LAYER_SEPARATOR
from geo.snapshot.layout.text_runs import TextRun, has_rtl, is_of_run, language_of, text_runs
from geo.snapshot.layout.typesetting import strip_direction_marks
from geo.snapshot.output.pdf_tags import ArtifactType, MarkedContent, PageTags, PdfLink, PdfTag
from geo.snapshot.output.writing import PageText

_Untyped: Any = RendererPdf
_TRUETYPE: Final = 42
"""Font type with which matplotlib embeds TrueType outlines in PDF, so that text can be copied."""
_COPIED: Final = b"/Span <</ActualText <feff%s>>> BDC\n"
"""Begins marked content with a replacement text in UTF-16 (ISO 32000-1:2008, 14.9.4)."""
_OF_PAGE: Final = frozenset({"", PAGE, TITLE, TEXT, LEGEND, MESSAGE})
"""Layers whose shapes are decoration: what they say is in the text beside them."""
_MIRRORED: Final = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))

_Target = PdfTag | ArtifactType | None


@dataclass(frozen=True, slots=True)
class _GlyphRun:
    """Neighbouring glyphs of one direction, each with whether it carries its letters."""

    glyphs: tuple[tuple[Any, bool], ...]
    is_rtl: bool

    @property
    def letters(self) -> str:
        return "".join(glyph.char for glyph, is_named in self.glyphs if is_named)

    def in_reading_order(self) -> tuple[tuple[Any, bool], ...]:
        """Its glyphs word by word as they are read, those of a word as they are drawn.

        That is what readers expect of a file: they turn the letters of each word, and some keep
        the order of words.
        """
        if not self.is_rtl:
            return self.glyphs
        words: list[list[tuple[Any, bool]]] = [[]]
        for glyph in self.glyphs:
            if glyph[0].char.isspace():
                words += [[glyph], []]
            else:
                words[-1].append(glyph)
        return tuple(glyph for word in reversed(words) for glyph in word)


class TaggedRenderer(_Untyped):  # type: ignore[misc] # untyped in matplotlib
    """Matplotlib's renderer, but marking what it draws, and placing glyphs of complex text itself.

    Matplotlib 3.11 shifts a glyph twice if the typeface changes within a line, and repeats the
    letters of a cluster for each of its glyphs, so that they would be copied several times.

    Parameters
    ----------
    page
        Index of the page in the file.
    texts
        Description of each layer by its name.
    """

    def __init__(
        self, file: Any, width: float, height: float, page: int, tags: PageTags,
        texts: Mapping[str, str],
    ) -> None:  # fmt: skip
        super().__init__(file, POINTS_PER_INCH, height, width)
        self._page, self._tags, self._texts = page, tags, texts
        self._layers: list[str] = [""]
        self._depth, self._seen = 0, 0
        self._further: dict[str, PdfTag] = {}
        self._open: _Target | bool = False
        self._marked = 0

    def finalize(self) -> None:
        """End the page."""
        self._end()
        super().finalize()

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin an artist, which may name its layer."""
        self._seen += s == "axes" and not self._depth
        self._depth += s == "axes"
        self._layers.append(gid.split(LAYER_SEPARATOR)[0] if gid else self._layers[-1])

    def close_group(self, s: str) -> None:
        """End an artist."""
        self._depth -= s == "axes"
        self._layers.pop()

    def draw_path(self, *args: Any, **named: Any) -> None:
        """Draw a path."""
        self._begin(self._around())
        super().draw_path(*args, **named)

    def draw_path_collection(self, *args: Any, **named: Any) -> None:
        """Draw many paths."""
        self._begin(self._around())
        super().draw_path_collection(*args, **named)

    def draw_markers(self, *args: Any, **named: Any) -> None:
        """Draw a path at many places."""
        self._begin(self._around())
        super().draw_markers(*args, **named)

    def draw_image(self, *args: Any, **named: Any) -> None:
        """Draw a picture."""
        self._begin(self._around())
        super().draw_image(*args, **named)

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, *more: Any, **named: Any
    ) -> None:
        """Draw a line of text."""
        mtext = named.get("mtext")
        place = mtext.place if isinstance(mtext, PageText) else -1
        tag = self._tags.lines.get(place, self._around())
        is_line = place in self._tags.lines
        goes_on = place in self._tags.goes_on
        # Links are written with the tags, of which they are a part.
        url = gc.get_url()
        gc.set_url(None)
        if has_rtl(s):
            self._turned(gc, x, y, s, prop, angle, tag if is_line else None, goes_on=goes_on)
        else:
            self._begin(tag, anew=is_line)
            said = f"{s} " if goes_on else s
            if len(prop.get_family()) == 1:
                super().draw_text(gc, x, y, said, prop, angle, *more, **named)
            else:
                self._mixed(gc, x, y, said, prop, angle)
        if url and isinstance(tag, PdfTag):
            tag.children.append(self._link(gc, url, x, y, s, prop))

    def _around(self) -> _Target:
        """What shapes, pictures and loose letters belong to where they are drawn now."""
        maps = self._tags.maps
        if self._depth and maps:
            return maps[min(self._seen, len(maps)) - 1]
        layer = self._layers[-1]
        if layer in _OF_PAGE:
            return None
        if layer not in self._further:
            self._further[layer] = self._tags.add_figure(self._texts.get(layer, layer))
        return self._further[layer]

    def _begin(self, target: _Target, *, anew: bool = False) -> None:
        """Mark what is drawn next as a part of an element, or as an artifact."""
        if target is self._open and not anew:
            return
        self._end()
        self._open = target
        if isinstance(target, PdfTag):
            kind = "P" if target.type == "LBody" else target.type
            self.file.write(b"/%b <</MCID %d>> BDC\n" % (kind.encode(), self._marked))
            target.children.append(MarkedContent(self._page, self._marked))
            self._marked += 1
        elif target is None:
            self.file.write(b"/Artifact BMC\n")
        else:
            about = b"/Artifact <</Type /Pagination /Subtype /%b>> BDC\n"
            self.file.write(about % target.encode())

    def _end(self) -> None:
        if self._open is not False:
            self.file.write(b"EMC\n")
        self._open = False

    def _mixed(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float) -> None:
        """A line in several typefaces, from left to right."""
        with_letters = [(glyph, True) for glyph, _ in self._glyphs(gc, s, prop)]
        self.file.write(_COPIED % s.encode("utf-16-be").hex().encode())
        self._show(with_letters, x, y, prop, angle)
        self.file.write(b"EMC\n")

    def _turned(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, tag: _Target,
        *, goes_on: bool,
    ) -> None:  # fmt: skip
        """A line with letters from right to left, which is drawn from the left all the same.

        PDF readers reorder these letters themselves, but not a replacement text beside them.
        Therefore only the structure tree has their order, for screen readers.
        """
        glyphs = self._glyphs(gc, s, prop)
        if not isinstance(tag, PdfTag):
            self._begin(self._around() if tag is None else tag)
            self._show(glyphs, x, y, prop, angle)
            return
        whole = f"{s} " if goes_on else s
        for run, span in _spans(glyphs, whole, tag):
            self._begin(span, anew=True)
            self._show(run.in_reading_order(), x, y, prop, angle, as_seen=not run.is_rtl)

    def _glyphs(self, gc: Any, s: str, prop: Any) -> list[tuple[Any, bool]]:
        self.check_gc(gc, gc._rgb)  # noqa: SLF001 - as every renderer of matplotlib asks it
        return list(_named_once(s, list(_text_helpers.layout(s, self._get_font_ttf(prop)))))

    def _show(
        self, glyphs: Sequence[tuple[Any, bool]], x: float, y: float, prop: Any, angle: float,
        *, as_seen: bool = False,
    ) -> None:  # fmt: skip
        """Draw glyphs; `as_seen` for brackets that are copied as the bracket they look like."""
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        file, size = self.file, prop.get_size_in_points()
        file.output(Op.gsave, cos, sin, -sin, cos, x, y, Op.concat_matrix, Op.begin_text)
        for item, is_named in glyphs:
            face = item.ft_object
            letters = _seen(item) if as_seen else item.char
            subset, code = file._character_tracker.track_glyph(face, letters, item.glyph_index)  # noqa: SLF001 - no public way
            path = FontPath(face.fname, face.face_index)
            file.output(file.fontName(path, subset), size, Op.selectfont)
            file.output(1, 0, 0, 1, item.x, item.y, Op.textmatrix)
            if not is_named:
                file.write(_COPIED % b"")
            file.output(self._encode_glyphs([code], _TRUETYPE), Op.show)
            if not is_named:
                file.write(b"EMC\n")
        file.output(Op.end_text, Op.grestore)

    def _link(self, gc: Any, url: str, x: float, y: float, s: str, prop: Any) -> PdfLink:
        font = self._get_font_ttf(prop)
        font.set_text(s)
        # FreeType measures in 64ths of a pixel.
        width, height = (side / 64 for side in font.get_width_height())
        left, lower, right, upper = _get_link_annotation(gc, x, y, width, height, 0)["Rect"]
        return PdfLink(self._page, url, (left, lower, right, upper))


def _spans(
    glyphs: Sequence[tuple[Any, bool]], text: str, tag: PdfTag
) -> list[tuple[_GlyphRun, PdfTag]]:
    """The runs of a line in the order of drawing, each with an element in the order of reading.

    Runs that cannot be told apart are one element with the letters of the whole line.
    """
    runs = _glyph_runs(glyphs)
    spoken = [run for run in text_runs(strip_direction_marks(text)) if run.text]
    drawn = {_key(run.letters): run for run in runs}
    if len(drawn) != len(runs) or sorted(drawn) != sorted(_key(run.text) for run in spoken):
        runs = [_GlyphRun(tuple(glyphs), is_rtl=True)]
        spoken = [TextRun(strip_direction_marks(text), is_rtl=True)]
        drawn = {_key(spoken[0].text): runs[0]}
    found: list[tuple[_GlyphRun, PdfTag]] = []
    for run in spoken:
        made = tag.child("Span")
        made.actual_text = unicodedata.normalize("NFC", run.text)
        made.language = language_of(run.text) if run.is_rtl else ""
        found.append((drawn[_key(run.text)], made))
    return found


def _key(text: str) -> str:
    """The letters of a run whatever their order, without blanks."""
    return "".join(sorted(strip_direction_marks("".join(text.split()))))


def _glyph_runs(glyphs: Sequence[tuple[Any, bool]]) -> list[_GlyphRun]:
    """Runs of glyphs in the order of drawing, divided as :func:`text_runs` divides a text."""
    kinds = [is_of_run(glyph.char) for glyph, _ in glyphs]
    is_rtl = [False] * len(glyphs)
    at = 0
    while at < len(kinds):
        end = at
        if kinds[at]:
            ahead = at
            while ahead < len(kinds) and kinds[ahead] is not False:
                end = ahead + 1 if kinds[ahead] else end
                ahead += 1
            is_rtl[at:end] = [True] * (end - at)
        at = max(end, at + 1)
    runs: list[_GlyphRun] = []
    for glyph, kind in zip(glyphs, is_rtl, strict=True):
        if runs and runs[-1].is_rtl == kind:
            runs[-1] = _GlyphRun((*runs[-1].glyphs, glyph), kind)
        else:
            runs.append(_GlyphRun((glyph,), kind))
    return runs


def _seen(item: Any) -> str:
    """The letters of a glyph; for a bracket that has been mirrored, the one that it shows."""
    other = _MIRRORED.get(item.char, "")
    is_mirrored = other and item.ft_object.get_char_index(ord(other)) == item.glyph_index
    return other if is_mirrored else str(item.char)


def _named_once(text: str, items: Sequence[Any]) -> Iterator[tuple[Any, bool]]:
    """The glyphs of a line; only the widest glyph of a cluster carries its letters."""
    counts = Counter(item.char for item in items)
    together = {char: max(1, count // max(1, text.count(char))) for char, count in counts.items()}
    at = 0
    while at < len(items):
        size = together[items[at].char]
        group = [item for item in items[at : at + size] if item.char == items[at].char]
        widest = max(group, key=_advance)
        yield from ((item, item is widest) for item in group)
        at += len(group)


def _advance(item: Any) -> int:
    glyph = item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
    return int(glyph.linearHoriAdvance)
