"""The imprint in an SVG: an element of its own namespace within ``metadata``, never drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

_SVG: Final = "{http://www.w3.org/2000/svg}"
_NAMESPACE: Final = "urn:incident-map:figure"
_FIGURE: Final = f"{{{_NAMESPACE}}}figure"
_NOT_DRAWN: Final = frozenset({f"{_SVG}metadata", f"{_SVG}title", f"{_SVG}desc"})
ET.register_namespace("im", _NAMESPACE)


def embed_in_svg(root: ET.Element, text: str) -> None:
    """Add the text of an imprint to a drawing, as its last element."""
    about = ET.SubElement(root, f"{_SVG}metadata")
    ET.SubElement(about, _FIGURE).text = text


def find_in_svg(root: ET.Element) -> str:
    """Return the text of the imprint in a drawing, or nothing."""
    return (root.findtext(f"{_SVG}metadata/{_FIGURE}") or "").strip()


def digest_svg(root: ET.Element) -> str:
    """Return the SHA-256 of what is drawn, as hexadecimal digits.

    Left out is what programs add when they save a drawing: metadata, comments, attributes and
    elements of their own, and blanks between elements.

    Examples
    --------
    >>> svg = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:i='urn:i'{}><title>{}</title>{}</svg>"
    >>> one, two, three = (
    ...     digest_svg(ET.fromstring(svg.format(*parts)))
    ...     for parts in [("", "", "<g/>"), (" i:v='9'", "x", " <g/>"), ("", "", "<g id='a'/>")]
    ... )
    >>> one == two, one == three
    (True, False)
    """
    found = hashlib.sha256()
    for part in _drawn(root):
        found.update(part.encode("utf-8", "replace"))
        found.update(b"\0")
    return found.hexdigest()


def _drawn(root: ET.Element) -> Iterator[str]:
    """Yield tags, attributes and texts in the order of drawing, without recursion."""
    rest: list[ET.Element | str] = [root]
    while rest:
        at = rest.pop()
        if isinstance(at, str):
            yield at
            continue
        yield at.tag
        # A name with a namespace is kept only if it is that of a link, which decides what is drawn.
        yield from (
            f"{key}={value}"
            for key, value in sorted(at.attrib.items())
            if not key.startswith("{") or key.endswith("}href")
        )
        yield (at.text or "").strip()
        after: list[ET.Element | str] = []
        for child in at:
            # The tag of a comment is a function.
            tag = str(child.tag)
            if tag.startswith(_SVG) and tag not in _NOT_DRAWN:
                after.append(child)
            if tail := (child.tail or "").strip():
                after.append(tail)
        rest += ["/", *reversed(after)]
