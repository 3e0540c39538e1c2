"""The sources of a dossier as CSL-JSON, BibTeX and RIS, for reference managers.

Each has what the source says of itself: title, author, publisher, date, address. Ratings and notes
are the desk's own and are not exported. A date is given no finer than it is known; one that is open
or only roughly known is given as its years, and marked as such where a format can say so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from geo.dossier.periods import Period
from geo.dossier.records import Source

_DATE: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$",
    "#": r"\#", "_": r"\_", "^": r"\^{}", "~": r"\~{}",
}  # fmt: skip
"""Characters that TeX obeys, as it prints them."""


def csl_json(sources: Mapping[str, Source]) -> bytes:
    """Return sources as CSL-JSON, the citation format of Zotero, Mendeley and pandoc."""
    items = [csl_item(key, source) for key, source in sources.items()]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def csl_item(key: str, source: Source) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON (Citation Style Language 1.0.2).

    Returns
    -------
    dict
        JSON values; a field that the source does not have is missing.

    Examples
    --------
    A month has no day, and a rough date says so:

    >>> about = Source(title="A report", publisher="A paper", published="2024-05~")
    >>> csl_item("report", about)["issued"]
    {'date-parts': [[2024, 5]], 'circa': True}
    """
    is_page = source.url is not None
    item = {
        "id": key,
        "type": "webpage" if is_page else "document",
        "title": source.title,
        "author": [{"literal": source.author}] if source.author else None,
        "container-title" if is_page else "publisher": source.publisher,
        "issued": _issued(source.published),
        "URL": source.url,
        "archive_location": source.archive_url,
    }
    return {name: value for name, value in item.items() if value is not None}


def bibtex(sources: Mapping[str, Source]) -> bytes:
    """Return sources as BibTeX, in UTF-8; biber and newer versions of BibTeX read it."""
    entries = ("\n".join(_bibtex_lines(key, source)) for key, source in sources.items())
    return ("\n\n".join(entries) + "\n").encode()


def ris(sources: Mapping[str, Source]) -> bytes:
    """Return sources as RIS, with the line ends that its description asks for."""
    lines = (line for key, source in sources.items() for line in _ris_lines(key, source))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _issued(published: Period) -> dict[str, Any] | None:
    """The date as far as it is known; ``None`` where the period is open at both ends."""
    found = _DATE.fullmatch(published.edtf.rstrip("~?%"))
    if found is not None:
        parts = [[int(part) for part in found.groups() if part]]
    else:
        ends = (published.earliest, published.latest)
        parts = [[day.year] for day in dict.fromkeys(ends) if day is not None]
        parts = parts[:1] if len(parts) > 1 and parts[0] == parts[1] else parts
    if not parts:
        return None
    is_rough = published.loose or found is None
    return {"date-parts": parts, **({"circa": True} if is_rough else {})}


def _bibtex_lines(key: str, source: Source) -> Iterator[str]:
    issued = _issued(source.published)
    parts = issued["date-parts"] if issued else []
    is_rough = bool(issued and issued.get("circa"))
    dates = ["-".join(f"{part:02}" for part in one) for one in parts]
    fields = {
        "title": f"{{{_tex(source.title)}}}",
        # Doubled braces: a name in one piece, never taken apart into first and last name.
        "author": f"{{{_tex(source.author)}}}" if source.author else "",
        "publisher": _tex(source.publisher),
        "year": str(parts[0][0]) if parts else "",
        "date": "/".join(dates) + "~" * (is_rough and len(dates) == 1),
        "url": source.url or "",
        "note": f"Published {_tex(source.published.text)}" if is_rough else "",
    }
    # The one kind for a document on the web that BibTeX and biber both know.
    yield f"@misc{{{key},"
    yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    yield "}"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in " ".join(text.split()))


def _ris_lines(key: str, source: Source) -> Iterator[str]:
    issued = _issued(source.published)
    parts = issued["date-parts"] if issued else []
    numbers = [f"{part:02}" for part in parts[0]] if parts else []
    # Year, month, day and other information, with the slashes even where a part is missing.
    exact = "/".join([*numbers, *[""] * (3 - len(numbers))])
    more = source.published.text if issued and "circa" in issued else ""
    fields = (
        ("TY", "ELEC" if source.url else "GEN"),
        ("ID", key),
        ("TI", source.title),
        ("AU", source.author),
        ("PB", source.publisher),
        ("PY", numbers[0] if numbers else ""),
        ("DA", f"{exact}/{more}" if numbers else ""),
        ("UR", source.url),
        ("L2", source.archive_url),
        ("ER", ""),
    )
    for tag, value in fields:
        if value or tag == "ER":
            yield f"{tag}  - {' '.join((value or '').split())}"


WRITERS: Final[Mapping[str, Callable[[Mapping[str, Source]], bytes]]] = MappingProxyType(
    {"csl": csl_json, "bibtex": bibtex, "ris": ris}
)
"""The formats for lists of sources."""
