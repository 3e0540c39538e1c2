"""Origins, not outlets: which claims go back to one statement, and how many origins are known.

Two newspapers that print one press release are two sources with one origin. Claims share an origin
if an editor says so (``origin``), if they repeat the same general statement, if they have the same
speaker or came through the same channel (``via``), or if their sources are in the same
``independent_group``. A claim whose source is in no such group has a lineage that nobody has
judged: it counts as no origin at all, because it may go back to any of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from geo.dossier.records import Claim, Source
from geo.text import folded_name


def known_origins(
    claims: Iterable[Claim], sources: Mapping[str, Source]
) -> tuple[tuple[Claim, ...], ...]:
    """The claims by origin, without those whose lineage is not known.

    Returns
    -------
    tuple
        For each origin its claims, in the order of their first claim.

    Examples
    --------
    Two outlets that are independent of each other, and both had it from one agency:

    >>> sources = {
    ...     key: Source.model_validate({"title": key, "publisher": key, "published": "2024",
    ...                                 "independent_group": key})
    ...     for key in ("daily", "radio")
    ... }
    >>> said = {"role": "media", "says": "occurrence", "text": "An attack.", "via": "An agency"}
    >>> claims = [Claim.model_validate(said | {"by": key, "source": key}) for key in sources]
    >>> len(known_origins(claims, sources))
    1
    """
    origins: list[tuple[set[tuple[str, str]], list[int]]] = []
    listed = list(claims)
    for at, claim in enumerate(listed):
        source = sources.get(claim.source)
        if source is None or source.independent_group is None:
            continue
        marks, members = set(_marks(claim, source.independent_group)), [at]
        joined = [one for one in origins if not marks.isdisjoint(one[0])]
        for known, own in joined:
            marks, members = marks | known, [*own, *members]
        origins = [*(one for one in origins if one not in joined), (marks, members)]
    found = sorted(sorted(members) for _, members in origins)
    return tuple(tuple(listed[at] for at in members) for members in found)


def _marks(claim: Claim, group: str) -> Iterator[tuple[str, str]]:
    """What two claims of one origin have in common."""
    yield "group", group
    yield "by", folded_name(claim.by)
    if claim.via is not None:
        # A speaker may be the channel of another claim.
        yield "by", folded_name(claim.via)
    if claim.origin is not None:
        yield "origin", claim.origin
    if claim.statement is not None:
        yield "statement", claim.statement
