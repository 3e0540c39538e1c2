"""Origins, not outlets: which claims go back to one statement, and how many origins are known.

Two newspapers that print one press release are two sources with one origin. Claims share an origin
if an editor says so (``origin``), if they repeat the same general statement, if they have the same
speaker or came through the same channel (``via``), or if their sources are in the same
``independent_group``. A claim whose source is in no such group has a lineage that nobody has
judged: it counts as no origin at all, because it may go back to any of the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from geo.dossier.records import Claim, Source
from geo.text import folded_name

OriginMark = tuple[str, str]
"""A kind of mark, such as a speaker or a channel, and its value."""


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
    listed = list(claims)
    found = joined_by_marks([origin_marks(claim, sources) for claim in listed])
    return tuple(tuple(listed[at] for at in members) for members in found)


def origin_marks(claim: Claim, sources: Mapping[str, Source]) -> frozenset[OriginMark]:
    """What identifies the origin of a claim: two claims with a mark in common have the same one.

    Returns
    -------
    frozenset
        Pairs of a kind of mark and its value; none, if the lineage of the claim is not known.
    """
    source = sources.get(claim.source)
    if source is None or source.independent_group is None:
        return frozenset()
    return frozenset(_marks(claim, source.independent_group))


def joined_by_marks(marks: Sequence[AbstractSet[Hashable]]) -> list[list[int]]:
    """Join what has a mark in common, directly or through others.

    The same rule is in ``geo/webmap/js/view/origins.js``.

    Parameters
    ----------
    marks
        Of each thing; one without any is left out.

    Returns
    -------
    list
        The positions of what is joined, ascending, in the order of the first of each.

    Examples
    --------
    >>> joined_by_marks([{"a", "b"}, set(), {"c"}, {"b", "d"}])
    [[0, 3], [2]]
    """
    groups: list[tuple[set[Hashable], list[int]]] = []
    for at, own in enumerate(marks):
        if not own:
            continue
        known, members = set(own), [at]
        joined = [one for one in groups if not known.isdisjoint(one[0])]
        for others, positions in joined:
            known, members = known | others, [*positions, *members]
        groups = [*(one for one in groups if one not in joined), (known, members)]
    return sorted(sorted(members) for _, members in groups)


def _marks(claim: Claim, group: str) -> Iterator[OriginMark]:
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
