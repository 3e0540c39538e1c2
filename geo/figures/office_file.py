"""Slides and reports of others: an archive of parts that refer to one another (ISO/IEC 29500-2).

Nothing is resolved but references between the parts of the file itself. Parts are unpacked one by
one, within the limits, and XML is read in pieces.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from geo import limits
from geo.errors import IntakeError
from geo.events.readers.archives import DAMAGED, opened_zip
from geo.events.readers.markup import Step, elements, local

OfficeKind = Literal["pptx", "docx"]
_MAIN: Final[Mapping[str, OfficeKind]] = {"presentation": "pptx", "document": "docx"}
_SHORTEST: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class PicturePage:
    """A part with pictures: a slide, a layout, or the text of a report.

    Parameters
    ----------
    where
        What people call it: ``slide 3``, ``the text``.
    name
        Its name in the archive.
    """

    where: str
    name: str


@dataclass(frozen=True, eq=False)
class OfficeFile:
    """A deck or a report.

    Parameters
    ----------
    data
        The bytes of the file.
    file
        Its name in messages.
    """

    data: bytes
    file: str

    def __post_init__(self) -> None:
        """Refuse what is not an archive, or is larger than the limits."""
        with opened_zip(self.data, self.file, limits.MAX_FIGURE_UNPACKED_BYTES) as archive:
            names = archive.namelist()
        if len(set(names)) < len(names):
            raise IntakeError(f"{self.file}: has several parts of one name; save it again")

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        with self._archive() as archive:
            return frozenset(archive.namelist())

    @cached_property
    def main(self) -> tuple[OfficeKind, str]:
        """Whether it is a deck or a report, and its main part.

        Returns
        -------
        The ending of such files, and the name of the part.

        Raises
        ------
        IntakeError
            It is neither.
        """
        for target in self.targets("").values():
            stem = posixpath.basename(target).partition(".")[0]
            if stem in _MAIN and target in self.names:
                return _MAIN[stem], target
        raise IntakeError(f"{self.file}: is neither a PowerPoint nor a Word file (.pptx, .docx)")

    def part(self, name: str, most: int | None = None) -> bytes:
        """Return one part, of at most so many bytes or as many as a file may have.

        Raises
        ------
        IntakeError
            There is none of this name, it is damaged, or larger than `most` bytes.
        """
        most = limits.MAX_FIGURE_FILE_BYTES if most is None else most
        try:
            with self._archive() as archive:
                if (size := archive.getinfo(name).file_size) > most:
                    raise IntakeError(
                        f"{self.file}: {name} has {size:,} bytes; at most {most:,} are read"
                    )
                return archive.read(name)
        except DAMAGED as error:
            raise IntakeError(f"{self.file}: {name} cannot be unpacked; save it again") from error

    def steps(self, name: str, whole: frozenset[str] = frozenset()) -> Iterator[Step]:
        """Yield the elements of a part of XML; see :func:`geo.events.readers.markup.elements`."""
        data = self.part(name, limits.MAX_FIGURE_XML_BYTES)
        return elements(io.BytesIO(data), f"{self.file}: {name}", whole)

    def targets(self, name: str) -> dict[str, str]:
        """Return the parts to which a part refers; not what is outside the file.

        Parameters
        ----------
        name
            Name of the part; empty for the file itself.

        Returns
        -------
        Id of the reference to the name of the part.
        """
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return {}
        return {
            element.get("Id", ""): _resolved(folder, element.get("Target", ""))
            for event, element, _ in self.steps(rels)
            if event == "start"
            and local(element.tag) == "Relationship"
            and element.get("TargetMode") != "External"
        }

    @cached_property
    def pages(self) -> tuple[PicturePage, ...]:
        """The parts with pictures: slides in their order, then layouts and masters; or the text.

        Returns
        -------
        Each part once.
        """
        kind, main = self.main
        targets = self.targets(main)
        if kind == "docx":
            margins = [name for name in targets.values() if _stem(name) in {"header", "footer"}]
            known = sorted(set(margins) & self.names)
            return (
                PicturePage("the text", main),
                *(PicturePage(f"the {_stem(n)}", n) for n in known),
            )
        slides = [targets[key] for key in self._slide_ids(main) if key in targets]
        found = [PicturePage(f"slide {at}", name) for at, name in enumerate(slides, start=1)]
        folder = posixpath.dirname(main)
        others = sorted(
            name for name in self.names
            if name.startswith((f"{folder}/slideLayouts/slide", f"{folder}/slideMasters/slide"))
        )  # fmt: skip
        found += [PicturePage("a layout", name) for name in others]
        return tuple(page for page in found if page.name in self.names)

    def with_parts(
        self, parts: Mapping[str, bytes], removed: frozenset[str] = frozenset()
    ) -> bytes:
        """Return the file with other content in some of its parts, and all else as it is.

        Parameters
        ----------
        parts
            The new content; parts that the file does not have are added at its end.
        removed
            Parts that the new file does not have.
        """
        made = io.BytesIO()
        with self._archive() as old, zipfile.ZipFile(made, "w") as new:
            new.comment = old.comment
            for info in old.infolist():
                name = info.filename
                if name not in removed:
                    new.writestr(info, parts[name] if name in parts else old.read(info))
            for name in sorted(parts.keys() - self.names - removed):
                added = zipfile.ZipInfo(name)
                added.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(added, parts[name])
        return made.getvalue()

    def _slide_ids(self, main: str) -> Iterator[str]:
        for event, element, _ in self.steps(main):
            if event == "start" and local(element.tag) == "sldId":
                yield from (value for key, value in element.attrib.items() if key.endswith("}id"))

    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.data))


def is_archive(data: bytes) -> bool:
    """Tell whether bytes begin like those of an archive."""
    return data.startswith(_SHORTEST)


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def _stem(name: str) -> str:
    return posixpath.basename(name).partition(".")[0].rstrip("0123456789")
