"""Pages that a browser saved in place of an article, such as a sign-in or a consent page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from geo.documents.document import Document

_PHRASES: Final = Path(__file__).with_name("wall_phrases.txt")
_MOST_LETTERS: Final = 3_000
"""Letters of a page above which it is an article, whatever it says about signing in."""
WALL: Final = (
    "the page looks like a sign-in, payment, consent or error page and not like an article"
)


def looks_like_wall(document: Document) -> bool:
    """Whether a page is short and has words of a sign-in, payment, consent or error page.

    Examples
    --------
    >>> from geo.documents.reading import read_document
    >>> looks_like_wall(read_document(b"<p>Please log in to continue.", "saved.html"))
    True
    >>> looks_like_wall(read_document(b"<p>Two men died, the ministry said.", "saved.html"))
    False
    """
    if document.format not in {"html", "eml"} or len(document.text) > _MOST_LETTERS:
        return False
    text = f"{document.title}\n{document.text}".lower().replace("’", "'")
    return any(one in text for one in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    lines = _PHRASES.read_text("utf-8").splitlines()
    return tuple(one for one in lines if one and not one.startswith("#"))
