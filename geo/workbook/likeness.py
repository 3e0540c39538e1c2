"""Which claims of a record share words: a column to read, beside the one for their origin.

It is a suggestion. Only a person can say whether two claims repeat one statement, and writes the
same word into ``origin`` of both; this column is never read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from geo.counts.origins import SharedWording, shared_wordings
from geo.text import listed

HEADING: Final = "likeness"
"""The heading of the column; no field has this name."""
NOTE: Final = (
    "Claims of the record that share words with this one. If they repeat one statement, write the "
    "same word into origin of each. Nothing in this column is read."
)
"""The comment of the heading."""
WIDTH: Final = 44
"""Width in characters."""


def likeness_of(records: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, ...], str]:
    """What to say beside each claim that shares words with others of its record.

    Parameters
    ----------
    records
        Entries as the file has them, by their ids.

    Returns
    -------
    dict
        By the id of the record and the number of the claim, from 1.

    Examples
    --------
    >>> text = "Fighters attacked a checkpoint in the district and left before dawn."
    >>> claims = [{"source": "a", "text": text}, {"source": "b", "text": f"It says: {text}"}]
    >>> likeness_of({"raid-2022": {"claims": claims}})["raid-2022", "1"]
    'claim 2: “fighters attacked a checkpoint in the district and left before dawn”'
    """
    found: dict[tuple[str, ...], str] = {}
    for key, entry in records.items():
        claims = entry.get("claims")
        for at, said in _beside(claims if isinstance(claims, list) else ()):
            found[key, str(at + 1)] = said
    return found


def _beside(claims: Sequence[Any]) -> Iterator[tuple[int, str]]:
    texts = {
        str(at): claim["text"]
        for at, claim in enumerate(claims)
        if isinstance(claim, Mapping) and isinstance(claim.get("text"), str)
    }
    for shared in shared_wordings(texts):
        members = [int(at) for at in shared.members]
        if _is_open(shared, claims):
            for at in members:
                others = [f"claim {one + 1}" for one in members if one != at]
                yield at, f"{listed(others)}: “{shared.phrases[0]}”"


def _is_open(shared: SharedWording, claims: Sequence[Any]) -> bool:
    """Whether they are of several sources, and nobody has given all of them one origin."""
    members = [claims[int(at)] for at in shared.members]
    origins = {str(claim.get("origin") or "") for claim in members}
    is_given = len(origins) == 1 and "" not in origins
    return len({str(claim.get("source")) for claim in members}) > 1 and not is_given
