"""The parts of a deck that change when slides of a figure are made anew, byte by byte.

A package says in three places that a slide is in it: its types, the references of the presentation,
and the list of slides (ISO/IEC 29500-2, 9.3, and 29500-1, 19.2.1.34).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from geo.errors import FigureError
from geo.figures.office_file import OfficeFile
from geo.figures.slide_xml import ByteSplice, with_splices

_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES_NAMESPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_SLIDE: Final = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_TYPES: Final = "[Content_Types].xml"
_NOTHING: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
_END: Final = rb"</(?:[^\s/>:]+:)?%s\s*>"
_TAG: Final = rb"<(?:[^\s/>:]+:)?%s(?=[\s/>])(?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*>"
_ATTRIBUTE: Final = re.compile(rb"\s((?:[^\s=:]+:)?[^\s=:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_RELATION: Final = _TAG % b"Relationship"
_SLIDE_ID: Final = _TAG % b"sldId"
_FIRST_ID: Final = 256
"""The least number of a slide (ISO/IEC 29500-1, 19.7.13)."""


class DeckParts:
    """A deck, and what in it is to be different."""

    def __init__(self, file: OfficeFile) -> None:
        self.file = file
        self.parts: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self._media: dict[str, str] = {}

    def part(self, name: str) -> bytes:
        """Return a part as it is to be."""
        return self.parts[name] if name in self.parts else self.file.part(name)

    def result(self) -> bytes:
        """Return the bytes of the new deck."""
        return self.file.with_parts(self.parts, frozenset(self.removed))

    def relate(self, page: str, kind: str, target: str, *, is_outside: bool = False) -> str:
        """Let a part refer to another one, or to an address outside, and return the reference.

        Parameters
        ----------
        kind
            The type of the relationship.
        """
        if not is_outside:
            target = posixpath.relpath(target, posixpath.dirname(page))
        known = self._relations(page)
        for key, found in known.items():
            if (found.get("Type"), found.get("Target")) == (kind, target):
                return key
        key = next(f"rId{at}" for at in range(1, len(known) + 2) if f"rId{at}" not in known)
        mode = ' TargetMode="External"' if is_outside else ""
        self._append(
            _rels(page), "Relationships",
            f'<Relationship xmlns="{_RELATIONS}" Id="{key}" Type={quoteattr(kind)} '
            f"Target={quoteattr(target)}{mode}/>",
        )  # fmt: skip
        return key

    def forget_unused(self, page: str) -> None:
        """Remove the references of a slide to pictures and addresses that it no longer makes."""
        values = re.finditer(rb"=\s*(?:\"([^\"]*)\"|'([^']*)')", self.part(page))
        used = {(found[1] or found[2] or b"").decode("utf-8", "replace") for found in values}
        unused = {
            key
            for key, found in self._relations(page).items()
            if found.get("Type", "").endswith(("/image", "/hyperlink")) and key not in used
        }
        if unused:
            self._remove_tags(_rels(page), _RELATION, lambda one: one.get("Id") in unused)

    def add_media(self, data: bytes, ending: str) -> str:
        """Return a part with a picture: one that the deck has already, or a new one."""
        digest = hashlib.sha256(data).hexdigest()
        if not self._media:
            for name in sorted(one for one in self.file.names if "/media/" in one):
                self._media.setdefault(hashlib.sha256(self.file.part(name)).hexdigest(), name)
        if digest not in self._media:
            folder = posixpath.dirname(self.file.main[1])
            name = f"{folder}/media/figure-{digest[:16]}.{ending}"
            self._media[digest] = name
            self.parts[name] = data
            if f'Extension="{ending}"'.encode() not in self.part(_TYPES):
                self._append(
                    _TYPES, "Types",
                    f'<Default xmlns="{_TYPES_NAMESPACE}" Extension="{ending}" '
                    f'ContentType="image/{ending}"/>',
                )  # fmt: skip
        return self._media[digest]

    def add_slide(self, after: str, layout_of: str) -> str:
        """Add an empty part for a slide after another one, with the layout of a third.

        Returns
        -------
        The name of the part, which is still without content.
        """
        main = self.file.main[1]
        folder = posixpath.dirname(after)
        taken = self.file.names | self.parts.keys()
        name = next(one for at in range(1, len(taken) + 2)
                    if (one := f"{folder}/slide{at}.xml") not in taken)  # fmt: skip
        self.parts[name] = b""
        for found in self._relations(layout_of).values():
            if found.get("Type", "").endswith("/slideLayout"):
                layout = posixpath.normpath(posixpath.join(folder, found.get("Target", "")))
                self.relate(name, found["Type"], layout)
        self._append(
            _TYPES, "Types",
            f'<Override xmlns="{_TYPES_NAMESPACE}" PartName="/{name}" ContentType="{_SLIDE}"/>',
        )  # fmt: skip
        key = self.relate(main, f"{_OFFICE}/slide", name)
        self._list_after(main, self._key_of(main, after), key)
        return name

    def remove_slide(self, name: str) -> None:
        """Remove a slide from the deck."""
        main = self.file.main[1]
        key = self._key_of(main, name)
        number = self._number_of(main, key)
        self._remove_tags(main, _SLIDE_ID, lambda one: one.get("id") == number)
        self._remove_tags(_rels(main), _RELATION, lambda one: one.get("Id") == key)
        self._remove_tags(_TYPES, _TAG % b"Override", lambda one: one.get("PartName") == f"/{name}")
        self.removed |= {name, _rels(name)}
        self.parts.pop(name, None)

    def _relations(self, page: str) -> dict[str, dict[str, str]]:
        rels = _rels(page)
        if rels not in self.file.names and rels not in self.parts:
            self.parts[rels] = _NOTHING + f'xmlns="{_RELATIONS}"></Relationships>'.encode()
        tags = (_attributes(found[0]) for found in re.finditer(_RELATION, self.part(rels)))
        return {one["Id"]: one for one in tags if "Id" in one}

    def _append(self, name: str, root: str, xml: str) -> None:
        """Add an element at the end of the root of a part."""
        data = self.part(name)
        ends = list(re.finditer(_END % root.encode(), data))
        if not ends:
            raise FigureError(f"{name}: cannot be added to; save the deck again")
        at = ends[-1].start()
        self.parts[name] = with_splices(data, [ByteSplice(at, at, xml.encode())])

    def _remove_tags(
        self, name: str, pattern: bytes, is_meant: Callable[[dict[str, str]], bool]
    ) -> None:
        """Remove elements without content."""
        data = self.part(name)
        splices = [
            ByteSplice(found.start(), found.end(), b"")
            for found in re.finditer(pattern, data)
            if found[0].endswith(b"/>") and is_meant(_attributes(found[0]))
        ]
        self.parts[name] = with_splices(data, splices)

    def _key_of(self, main: str, slide: str) -> str:
        folder = posixpath.dirname(main)
        for key, found in self._relations(main).items():
            target = found.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            if posixpath.normpath(path) == slide:
                return key
        raise FigureError(f"{slide}: is not listed among the slides; save the deck again")

    def _number_of(self, main: str, key: str) -> str:
        return next(one["id"] for one in self._listed(main) if one.get("r:id") == key)

    def _listed(self, main: str) -> Iterator[dict[str, str]]:
        for found in re.finditer(_SLIDE_ID, self.part(main)):
            given = _attributes(found[0])
            key = next((v for k, v in given.items() if k != "id" and _local_name(k) == "id"), None)
            yield given | ({"r:id": key} if key else {})

    def _list_after(self, main: str, before: str, key: str) -> None:
        """List a slide after another one, also in the sections of the deck."""
        data = self.part(main)
        number = self._number_of(main, before)
        numbers = [int(one["id"]) for one in self._listed(main) if one.get("id", "").isdecimal()]
        new = str(max([_FIRST_ID - 1, *numbers]) + 1)
        splices = []
        for found in re.finditer(_SLIDE_ID, data):
            given = _attributes(found[0])
            if given.get("id") == number and found[0].endswith(b"/>"):
                tag = re.sub(rb"(\sid\s*=\s*[\"'])\d+", rb"\g<1>" + new.encode(), found[0])
                tag = re.sub(rb"(:id\s*=\s*[\"'])[^\"']*", rb"\g<1>" + key.encode(), tag)
                splices.append(ByteSplice(found.end(), found.end(), tag))
        if not splices:
            raise FigureError(f"{main}: cannot be added to; save the deck again")
        self.parts[main] = with_splices(data, splices)


def _local_name(name: str) -> str:
    """Return the name of an attribute without its prefix."""
    return name.rpartition(":")[2]


def _rels(page: str) -> str:
    folder, base = posixpath.split(page)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        found[1].decode("utf-8", "replace"): (found[2] or found[3] or b"").decode(
            "utf-8", "replace"
        )
        for found in _ATTRIBUTE.finditer(tag)
    }
