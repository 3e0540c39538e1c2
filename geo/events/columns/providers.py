"""Who provides event data, how they are to be cited, and whether their rows may be passed on.

The terms are those that each provider publishes; they can change, so a figure gives the address at
which they are found. A provider whose terms are not known here is treated as one that forbids it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class EventProvider:
    """A provider of event data.

    Parameters
    ----------
    short
        Its name in the record count of events.
    citation
        Who is to be cited, without the day of access.
    licence
        The licence, or the terms, in a sentence.
    url
        Where its data and terms are found; empty if that is not known.
    shares_rows
        Whether its licence permits passing on rows.
    """

    short: str
    citation: str
    licence: str
    url: str = ""
    shares_rows: bool = False


_TABLE: Final = EventProvider(
    "own table", "A table of the user’s own", "Its licence is not stated; its rows are not included"
)
PROVIDERS: Final[Mapping[str, EventProvider]] = {
    "acled": EventProvider(
        "ACLED",
        "Armed Conflict Location & Event Data (ACLED)",
        "ACLED’s terms of use apply, under which its rows may not be passed on",
        "https://acleddata.com",
    ),
    "ucdp-ged": EventProvider(
        "UCDP GED",
        "Uppsala Conflict Data Program, UCDP Georeferenced Event Dataset; see Sundberg and "
        "Melander, “Introducing the UCDP Georeferenced Event Dataset”, Journal of Peace Research "
        "50 (2013), 523–532",
        "Licence: CC BY 4.0",
        "https://ucdp.uu.se",
        shares_rows=True,
    ),
    "gtd": EventProvider(
        "GTD",
        "National Consortium for the Study of Terrorism and Responses to Terrorism (START), "
        "University of Maryland, Global Terrorism Database",
        "START’s terms of use apply, under which its rows may not be passed on",
        "https://www.start.umd.edu/gtd",
    ),
    "insecurity-insight": EventProvider(
        "Insecurity Insight",
        "Insecurity Insight",
        "Insecurity Insight’s terms of use apply",
        "https://insecurityinsight.org",
    ),
    "dossier": EventProvider(
        "dossier", "Incidents of a dossier", "Each of its sources has its own terms"
    ),
    "table": _TABLE,
}
"""Providers by the value of the column ``origin`` of an event table."""


def providers_of(origins: Iterable[str]) -> tuple[EventProvider, ...]:
    """Return the providers of these origins, each once; an unknown origin is a table.

    Examples
    --------
    >>> [one.short for one in providers_of(["acled", "from a stranger", "", "acled"])]
    ['ACLED', 'own table']
    """
    return tuple(dict.fromkeys(PROVIDERS.get(origin, _TABLE) for origin in origins))
