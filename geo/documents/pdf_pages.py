"""The pages of a PDF as lines of text, read in a process of its own.

A PDF can be made so that reading it never ends or fills all memory, and no library guards against
every way. Therefore this file is run as a program: it imports nothing of the project, takes the
PDF from its standard input within bounds that the system keeps, and writes JSON.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings
import zlib
from typing import Any, Final

_DAMAGE: Final = (
    ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError,
    MemoryError, OSError, RuntimeError, TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What a damaged file makes a library raise."""


def pages_of(data: bytes, most: int) -> dict[str, Any]:
    """Read a PDF.

    Parameters
    ----------
    most
        Pages; of a longer one nothing is read.

    Returns
    -------
    dict
        ``pages``, a list of texts; ``count``, the number of pages; ``title`` and ``created`` as its
        information has them; or ``fault``: ``password``, or what the library says.
    """
    import pypdf  # noqa: PLC0415 - only the process that reads a PDF needs it

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "password"}
        count = len(reader.pages)
        if count > most:
            return {"pages": [], "count": count}
        pages = [page.extract_text() for page in reader.pages]
        title, created = _information(reader)
    except (pypdf.errors.DependencyError, pypdf.errors.FileNotDecryptedError, NotImplementedError):
        return {"fault": "password"}
    except (*_DAMAGE, pypdf.errors.PyPdfError) as error:
        return {"fault": f"{type(error).__name__}: {error}"[:200]}
    return {"pages": pages, "count": count, "title": title, "created": created}


def _information(reader: Any) -> tuple[str, str]:
    """Title and day of creation, each empty if it cannot be read."""
    try:
        held = reader.metadata
        title = str(held.title or "") if held else ""
        created = held.creation_date if held else None
    except _DAMAGE:  # the text of the pages is worth having without them
        return "", ""
    return title, created.date().isoformat() if created else ""


def _bound(memory: int, seconds: int) -> None:
    """Let the system end this process; where it cannot, the parent's clock does."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    most_pages, most_memory, most_seconds = map(int, sys.argv[1:4])
    _bound(most_memory, most_seconds)
    try:
        answer = pages_of(sys.stdin.buffer.read(), most_pages)
    except (MemoryError, RecursionError) as exhausted:
        answer = {"fault": type(exhausted).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8", "surrogatepass"))
