"""The imprints of the figures of a deck or report, beside those within the pictures.

A picture that an office program compresses loses the imprint within its bytes. The custom
properties of the file then still have it, in PowerPoint, Word and LibreOffice alike, and a shape
that is copied to another deck takes along what is bound to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docx.opc.packuri import PackURI as DocxName
from docx.opc.part import Part as DocxPart
from pptx.opc.package import Part as PptxPart
from pptx.opc.packuri import PackURI as PptxName

from geo.snapshot.content.imprint import Imprint

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NAME: Final = "/docProps/custom.xml"
_KIND: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION: Final = f"{_OFFICE}/relationships/custom-properties"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that users may add (ISO/IEC 29500-1, 22.3.2.2)."""
OWN: Final = "urn:incident-map:figure"
"""The namespace of what is bound to a shape."""
_FIRST: Final = 2
"""Number of the first property; 0 and 1 are reserved (MS-OLEPS, 2.18)."""
_EXTENSION: Final = "{6D0F3A4C-52B1-4E0B-9C7A-1D5B0B9A7E21}"
"""Names our extension of a shape; drawn once at random, so that it is nobody else's."""


def list_in_deck(deck: Any, texts: Sequence[str]) -> None:
    """List these imprints, without those that are empty, in the properties of a deck."""
    if texts := _distinct(texts):
        package = deck.part.package
        part = PptxPart(PptxName(_NAME), _KIND, package, _properties(texts))
        package.relate_to(part, _RELATION)


def list_in_report(document: Any, texts: Sequence[str]) -> None:
    """List these imprints, without those that are empty, in the properties of a report."""
    if texts := _distinct(texts):
        package = document.part.package
        part = DocxPart(DocxName(_NAME), _KIND, _properties(texts), package)
        package.relate_to(part, _RELATION)


def bind_to_shape(properties: Any, text: str, noted: str = "") -> None:
    """Bind the text of an imprint to a shape or group, which takes it along when it is copied.

    The name of the shape then ends in the id of the figure, as printed in its credits: LibreOffice
    keeps names and nothing else, and the properties of the deck say whose id it is.

    Parameters
    ----------
    properties
        The element ``p:cNvPr`` of the shape.
    noted
        Its shapes as they were written, as text.
    """
    figure = Imprint.from_text(text).recipe.hash8
    name = properties.get("name", "").removesuffix(figure).strip()
    properties.set("name", f"{name} {figure}".strip())
    listed = properties.find(f"{{{_DRAWING}}}extLst")
    if listed is None:
        listed = properties.makeelement(f"{{{_DRAWING}}}extLst")
        properties.append(listed)
    extension = properties.makeelement(f"{{{_DRAWING}}}ext", {"uri": _EXTENSION})
    for kind, said in (("figure", text), ("shapes", noted)):
        if said:
            element = properties.makeelement(f"{{{OWN}}}{kind}", nsmap={"im": OWN})
            element.text = said
            extension.append(element)
    listed.append(extension)


def _distinct(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _properties(texts: Sequence[str]) -> bytes:
    # The text of an imprint has no letter with a meaning in XML.
    listed = "".join(
        f'<property fmtid="{_FORMAT}" pid="{at}" name="Incident Map figure {at - _FIRST + 1}">'
        f"<vt:lpwstr>{text}</vt:lpwstr></property>"
        for at, text in enumerate(texts, start=_FIRST)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{listed}</Properties>"
    ).encode()
