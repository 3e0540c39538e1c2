"""The pages that may talk to a saved map, written into it when it is made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from geo.errors import OptionError

ANY: Final = "*"
"""Admits every page that shows the map in a frame."""
# An origin as browsers write it (HTML, "Origin"): names in ASCII and small letters, no path.
_ORIGIN: Final = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")


def permitted(origins: Iterable[str]) -> list[str]:
    """Return the origins, each checked.

    Parameters
    ----------
    origins
        Such as ``https://www.example.org``, or :data:`ANY`.

    Raises
    ------
    OptionError
        One is not an origin: no scheme, a path, capital letters.

    Examples
    --------
    >>> permitted(["https://www.example.org", "http://localhost:8000"])
    ['https://www.example.org', 'http://localhost:8000']
    >>> permitted(["https://www.example.org/map"])
    Traceback (most recent call last):
    geo.errors.OptionError: 'https://www.example.org/map' is not a valid origin; write scheme and
    host only, such as https://www.example.org
    """
    found = list(dict.fromkeys(origins))
    for one in found:
        if one != ANY and not _ORIGIN.fullmatch(one):
            raise OptionError(
                f"{one!r} is not a valid origin; write scheme and host only, such as "
                "https://www.example.org"
            )
    return found
