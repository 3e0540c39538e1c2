"""Change values in YAML text, and nothing else: every other character stays as it is.

Each change of a value is traced down to the smallest parts that differ, and only these are written
anew. Comments, quotes, the order of keys, blank lines and long lines around them stay. A comment
within a part that is taken away goes with it; one above or behind it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from geo.dossier.yaml_nodes import (
    CannotSpliceError,
    Positions,
    is_flow,
    style_of,
    value_of,
)  # fmt: skip
from geo.dossier.yaml_rendering import in_flow, item, member, rendered

_HEAD_OF_BLOCK: Final = re.compile(r"([|>][-+0-9]*)")


class Splice(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and what stands there afterwards."""

    start: int
    end: int
    text: str


def rewritten(text: str, node: Node, new: Mapping[str, Any], order: Sequence[str]) -> str:
    r"""Give a mapping in a text new values.

    Parameters
    ----------
    text
        YAML whose line breaks are of one character, with one at its end.
    node
        The mapping, in the text.
    new
        All that it holds afterwards; a key that is not in it is taken away.
    order
        The keys in their usual order, by which a new one finds its place.

    Raises
    ------
    CannotSpliceError
        If the layout does not allow it, as where a key is repeated.

    Examples
    --------
    >>> from geo.dossier.yaml_nodes import node_of
    >>> text = "by: nrf  # who\n# how many\nkilled: 8 # dead\n"
    >>> print(rewritten(text, node_of(text), {"by": "isis-k", "killed": {"low": 8}}, ()), end="")
    by: isis-k  # who
    # how many
    killed: # dead
      low: 8
    """
    if not isinstance(node, MappingNode):
        raise CannotSpliceError
    return spliced(text, _Rewriter(text, order).mapping(node, new))


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Apply splices, of which none lies in another; those at one place in their order.

    Examples
    --------
    >>> spliced("abc", [Splice(1, 2, "x"), Splice(3, 3, "y"), Splice(3, 3, "z")])
    'axcyz'
    """
    parts, done = [], 0
    for one in sorted(splices, key=lambda one: (one.start, one.end)):
        if one.start < done:
            raise CannotSpliceError
        parts += [text[done : one.start], one.text]
        done = one.end
    return "".join([*parts, text[done:]])


class _Rewriter:
    """The splices by which the values of a text become others."""

    def __init__(self, text: str, order: Sequence[str]) -> None:
        self._text = text
        self._at = Positions(text)
        self._rank = {key: rank for rank, key in enumerate(order)}

    def mapping(self, node: MappingNode, new: Mapping[str, Any]) -> list[Splice]:
        """Change the members of a block mapping; in brackets it is written anew."""
        old = value_of(node)
        if same(old, new):
            return []
        if is_flow(node):
            return self._flow(node, new)
        kept = [(key, one) for key, one in node.value if key.value in new]
        if not kept or len(node.value) != len(old):
            raise CannotSpliceError
        splices = []
        for key, one in kept:
            splices += self._member(key, one, new[key.value])
        splices += self._without(node, new)
        return splices + list(self._added(node, kept, new))

    def _flow(self, node: Node, new: Any) -> list[Splice]:
        return [Splice(node.start_mark.index, node.end_mark.index, in_flow(new))]

    def _member(self, key: ScalarNode, node: Node, new: Any) -> list[Splice]:
        if same(value_of(node), new):
            return []
        if isinstance(node, MappingNode) and isinstance(new, Mapping) and new:
            return self._or_anew(key, node, new, self.mapping)
        if isinstance(node, SequenceNode) and isinstance(new, list) and new and node.value:
            return self._or_anew(key, node, new, self.sequence)
        return self._anew(key, node, new)

    def _or_anew(self, key: ScalarNode, node: Node, new: Any, by: Any) -> list[Splice]:
        try:
            splices: list[Splice] = by(node, new)
            spliced(self._text, splices)
        except CannotSpliceError:
            return self._anew(key, node, new)
        return splices

    def sequence(self, node: SequenceNode, new: list[Any]) -> list[Splice]:
        """Change the items of a block list; in brackets it is written anew."""
        if is_flow(node):
            return self._flow(node, new)
        dashes = [self._at.dash(one) for one in node.value]
        old = [value_of(one) for one in node.value]
        splices: list[Splice] = []
        for how, a, b, c, d in _opcodes(old, new):
            paired = min(b - a, d - c) if how == "replace" else 0
            for at in range(paired):
                splices += self._item(dashes[a + at], node.value[a + at], new[c + at])
            if how != "equal":
                extents = [self._at.lines(dashes[at], node.value[at]) for at in range(b)]
                splices += [Splice(*one, "") for one in extents[a + paired :]]
                kept = extents[: a + paired]
                before = kept[-1][1] if kept else self._at.line_start(dashes[0])
                column = self._at.column(dashes[0])
                lines = [line for one in new[c + paired : d] for line in item(one, column)]
                splices.append(self._inserted(before, lines))
        return splices

    def _item(self, dash: int, node: Node, new: Any) -> list[Splice]:
        if isinstance(node, MappingNode) and isinstance(new, Mapping) and new:
            try:
                splices = self.mapping(node, new)
                spliced(self._text, splices)
            except CannotSpliceError:
                pass
            else:
                return splices
        elif isinstance(node, ScalarNode) and not isinstance(new, Mapping | list):
            return self._value(dash + 1, self._at.column(dash), node, new)
        lines = item(new, self._at.column(dash))
        return [Splice(*self._at.lines(dash, node), "".join(f"{line}\n" for line in lines))]

    def _anew(self, key: ScalarNode, node: Node, new: Any) -> list[Splice]:
        colon = self._text.index(":", key.end_mark.index)
        return self._value(colon + 1, self._at.column(key.start_mark.index), node, new)

    def _value(self, after: int, column: int, node: Node, new: Any) -> list[Splice]:
        """Write another value behind the colon or dash that ends at `after`."""
        head, below = rendered(new, column)
        start, end, body = self._extent(after, node)
        if head and start == after:
            head = f" {head}"
        elif not head:
            start = after
        lines = "".join(f"{line}\n" for line in below)
        if body is not None:
            return [Splice(start, end, head), Splice(*body, lines)]
        if not below:
            return [Splice(start, end, head)]
        return [Splice(start, end, head), self._inserted(self._at.line_end(end), list(below))]

    def _extent(self, after: int, node: Node) -> tuple[int, int, tuple[int, int] | None]:
        """Where a value stands: in the line of its key, and in the lines below."""
        start, end = node.start_mark.index, self._at.end(node)
        if isinstance(node, ScalarNode) and style_of(node) in {"|", ">"}:
            head = len(_HEAD_OF_BLOCK.split(self._text[start : self._at.line_end(start)])[1])
            return start, start + head, (self._at.line_end(start), self._at.line_end(end))
        if isinstance(node, ScalarNode) and start == node.end_mark.index:
            return after, after, None
        if isinstance(node, ScalarNode) or is_flow(node):
            if "\n" in self._text[after:start]:
                raise CannotSpliceError
            return start, end, None
        return after, after, (self._at.line_start(start), self._at.line_end(end))

    def _without(self, node: MappingNode, new: Mapping[str, Any]) -> Iterator[Splice]:
        for at, (key, one) in enumerate(node.value):
            if key.value in new:
                continue
            start = key.start_mark.index
            if self._text[self._at.line_start(start) : start].strip(" "):
                # It shares its line with a dash, which the next key takes over.
                if at + 1 == len(node.value) or node.value[at + 1][0].value not in new:
                    raise CannotSpliceError
                yield from self._first_taken(start, one, node.value[at + 1][0].start_mark.index)
            else:
                end = self._at.line_end(self._at.end(one, key))
                yield Splice(self._at.line_start(start), end, "")

    def _first_taken(self, start: int, node: Node, following: int) -> Iterator[Splice]:
        dash, end = self._at.line_start(start), self._at.line_end(self._at.end(node))
        comments = self._text[end : self._at.line_start(following)]
        yield Splice(dash, dash, comments)
        yield Splice(start, following, "")

    def _added(
        self, node: MappingNode, kept: list[tuple[ScalarNode, Node]], new: Mapping[str, Any]
    ) -> Iterator[Splice]:
        held = {key.value for key, _ in node.value}
        column = node.value[0][0].start_mark.column
        for name, value in new.items():
            if name in held:
                continue
            rank = self._rank.get(name, len(self._rank))
            before = [
                (key, one) for key, one in kept if self._rank.get(key.value, -1) < rank
            ] or kept
            key, one = before[-1]
            place = self._at.line_end(self._at.end(one, key))
            yield self._inserted(place, member(name, value, column))

    @staticmethod
    def _inserted(place: int, lines: list[str]) -> Splice:
        return Splice(place, place, "".join(f"{line}\n" for line in lines))


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal and written alike: 1 is neither ``True`` nor 1.0.

    Examples
    --------
    >>> same([1, {"a": None}], [1, {"a": None}]), same(1, True), same({"a": 1, "b": 2}, {"b": 2})
    (True, False, False)
    """
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _opcodes(old: list[Any], new: list[Any]) -> list[tuple[str, int, int, int, int]]:
    was, now = ([repr(one) for one in each] for each in (old, new))
    return list(SequenceMatcher(None, was, now, autojunk=False).get_opcodes())
