"""Read XML from elsewhere, element by element, without DTDs, entities or external addresses.

``defusedxml`` refuses a document type when it meets one, so no entity can be declared, neither one
that grows (a "billion laughs") nor one that names a file or a server. It raises an error, where
other libraries silently switch such features off, and openpyxl reads sheets with it as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from geo import limits
from geo.errors import IntakeError

Step = tuple[str, Element, list[str]]
"""``start`` or ``end``, the element, and the names of its ancestors."""


def elements(data: IO[bytes], file: str, whole: frozenset[str] = frozenset()) -> Iterator[Step]:
    """Yield the elements of a document as they begin and end, and forget those that have ended.

    Parameters
    ----------
    data
        The bytes of the document.
    file
        What messages call it.
    whole
        Names of elements that have all of their content when they end, such as rows. What lies in
        none of them is forgotten as it ends, so that only the longest of them takes memory.

    Raises
    ------
    IntakeError
        The document is not well-formed, has a document type, or is nested too deeply.
    """
    around: list[str] = []
    parents: list[Element] = []
    try:
        for event, element in iterparse(data, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                around.pop()
                parents.pop()
            yield event, element, around
            if event == "end" and parents and whole.isdisjoint(around):
                # The first child: those before it have ended, and later ones may be there already.
                del parents[-1][0]
            if event == "start":
                around.append(local(element.tag))
                parents.append(element)
                if len(around) > limits.MAX_MARKUP_DEPTH:
                    raise IntakeError(
                        f"{file}: its elements are nested more than {limits.MAX_MARKUP_DEPTH} deep"
                    )
    except DefusedXmlException as error:
        raise IntakeError(
            f"{file}: has a document type or entities, which are not read; save it without them"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise IntakeError(f"{file}: is not well-formed XML: {str(error)[:200]}") from error


def local(tag: Any) -> str:
    """Return the name of an element without its namespace.

    Examples
    --------
    >>> local("{http://www.opengis.net/kml/2.2}Placemark")
    'Placemark'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Element) -> str:
    """Return all text within an element, without outer blanks."""
    return "".join(element.itertext()).strip()
