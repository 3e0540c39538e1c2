"""Rewrite one piece of a dossier, a field at its head or an entry, to what it is to say.

A piece is known by its path: ``("title",)``, or the section and the key of an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo import limits
from geo.dossier.entries import LISTS, order_of_fields
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.dossier.yaml_nodes import CannotSpliceError, node_of, only_within
from geo.dossier.yaml_rendering import item, member
from geo.dossier.yaml_rewriting import rewritten, same
from geo.errors import IntakeError


def rewritten_piece(path: tuple[str, ...], body: str, value: Any) -> str:
    r"""Give the lines of a piece another value, altering no line whose meaning stays.

    Raises
    ------
    CannotSpliceError
        If the lines do not say `value` afterwards.

    Examples
    --------
    >>> rewritten_piece(("sources", "a"), "  a:\n    title: T  # so\n", {"title": "U"})
    '  a:\n    title: U  # so\n'
    """
    for text in (_spliced(path, body, value), _anew(path, body, value)):
        if text is not None and says(path, text, value):
            return text
    raise CannotSpliceError


def _spliced(path: tuple[str, ...], body: str, value: Any) -> str | None:
    try:
        node = node_of(body)
        if len(path) == 1:
            return rewritten(body, node, {path[0]: value}, ())
        return rewritten(body, only_within(node), value, order_of_fields(path[0]))
    except CannotSpliceError:
        return None


def _anew(path: tuple[str, ...], body: str, value: Any) -> str:
    column = len(body) - len(body.lstrip(" "))
    in_list = path[0] in LISTS and path[1:]
    lines = item(value, column) if in_list else member(path[-1], value, column)
    return "".join(f"{line}\n" for line in lines)


def says(path: tuple[str, ...], body: str, value: Any) -> bool:
    r"""Whether the lines of a piece are read as a value.

    Examples
    --------
    >>> says(("title",), "title: T  # so\n", "T"), says(("title",), "title: T\ntitle: U\n", "T")
    (True, False)
    """
    above = f"{path[0]}:\n" if path[1:] else ""
    try:
        yaml = read_yaml(
            above + body, YamlLimits(limits.MAX_DOSSIER_DEPTH, limits.MAX_DOSSIER_PARTS)
        )
        found = yaml.value[path[0]]
        if path[1:]:
            found = found[0] if path[0] in LISTS and len(found) == 1 else found[path[1]]
    except (IntakeError, KeyError, TypeError, IndexError):
        return False
    return not yaml.faults and same(found, value)


def written_above(lead: str, comments: Sequence[str], column: int) -> str:
    r"""Add comments at the end of what stands above a piece.

    Examples
    --------
    >>> written_above("\n# one\n", ["# two"], 2)
    '\n# one\n  # two\n'
    """
    return lead + "".join(f"{' ' * column}{one}\n" for one in comments)
