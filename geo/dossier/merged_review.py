"""The review fields of a record of which both sides have changed something.

They never clash. Whoever wrote in the record on either side has written in the merged one. Of two
approvals the one that holds for the merged record counts; if neither does, the later one is kept,
and it is void like every approval of something else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from geo.dossier.yaml_rewriting import same
from geo.text import folded_name


def united_names(ours: Any, theirs: Any) -> list[Any] | None:
    """Unite the names of those who wrote in a record, each once, in their alphabetical order.

    Returns
    -------
    list or None
        ``None``, if neither side has any.

    Examples
    --------
    >>> united_names(["B. Writer", "A. Analyst"], ["a. analyst", "C. Third"])
    ['A. Analyst', 'B. Writer', 'C. Third']
    """
    given = [one for side in (ours, theirs) if isinstance(side, list) for one in side]
    found = {folded_name(str(one)): one for one in sorted(given, key=str, reverse=True)}
    return [found[name] for name in sorted(found)] or None


def merged_approval(base: Any, ours: Any, theirs: Any, digest: str) -> Any:
    """Choose the approval of a merged record.

    Parameters
    ----------
    base, ours, theirs
        What the three versions have in its field; ``None`` where they have none.
    digest
        That of the merged record; empty, if it cannot be read.

    Returns
    -------
    Any
        The chosen one of the two, whatever a file gives there; ``None`` for no approval. One that
        was taken back on one side does not count.

    Examples
    --------
    >>> one, other = ({"by": "B", "at": f"2026-0{at}", "digest": str(at)} for at in (1, 2))
    >>> merged_approval(None, one, other, "1")["at"], merged_approval(one, one, None, "1")
    ('2026-01', None)
    """
    pairs = ((ours, theirs), (theirs, ours))
    left = [one for one, other in pairs
            if one is not None and not (other is None and same(one, base))]  # fmt: skip
    valid = [one for one in left if digest and _text(one, "digest") == digest]
    return max(
        valid or left,
        key=lambda one: (_text(one, "at"), json.dumps(one, sort_keys=True, default=str)),
        default=None,
    )


def _text(given: Any, name: str) -> str:
    return str(given.get(name, "")) if isinstance(given, Mapping) else ""
