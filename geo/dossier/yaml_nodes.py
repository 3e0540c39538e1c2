"""The nodes of YAML text, what they hold and where they stand.

The parser counts comments and blank lines below a value to it; here a value ends where its last
character stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from geo.dossier.yaml_flow import scalar

_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#.*", re.MULTILINE)


class CannotSpliceError(Exception):
    """The layout does not allow a small change, so that the whole value is written anew."""


def node_of(text: str) -> Node:
    """Parse a piece of YAML to nodes that know where they stand.

    Raises
    ------
    CannotSpliceError
        If it is not valid YAML.
    """
    try:
        return cast("Node", YAML(typ="safe", pure=True).compose(text))
    except YAMLError as error:
        raise CannotSpliceError from error


def value_of(node: Node) -> Any:
    """Return the plain value of a node, as the reader of dossiers understands it."""
    if isinstance(node, MappingNode):
        return {key.value: value_of(one) for key, one in node.value}
    if isinstance(node, SequenceNode):
        return [value_of(one) for one in node.value]
    return scalar(node.value) if style_of(node) is None else node.value


def only_within(node: Node) -> Node:
    r"""Return what a list of one item or a mapping of one key holds, and any other node itself.

    Examples
    --------
    >>> value_of(only_within(node_of("  key:\n    title: T\n")))
    {'title': 'T'}
    """
    if isinstance(node, SequenceNode) and len(node.value) == 1:
        return cast("Node", node.value[0])
    if isinstance(node, MappingNode) and len(node.value) == 1:
        return cast("Node", node.value[0][1])
    return node


class Positions:
    r"""Positions in one text, whose line breaks are of one character, with one at its end.

    Examples
    --------
    >>> text = "a: >-\n  b\n\n# of what follows\n"
    >>> text[Positions(text).line_after(node_of(text)) :]
    '\n# of what follows\n'
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def line_after(self, node: Node) -> int:
        """Where the line below a node's content begins."""
        return self.line_end(self.end(node))

    def end(self, node: Node, key: Node | None = None) -> int:
        """Where the content of a node ends: no comment and no blank line below belongs to it."""
        if isinstance(node, ScalarNode):
            if style_of(node) in {"|", ">"}:
                return self._end_of_block(node.start_mark.index)
            if key is not None and node.start_mark.index == node.end_mark.index:
                return self.text.index(":", key.end_mark.index) + 1
            return int(node.end_mark.index)
        if is_flow(node) or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1], last[0]) if isinstance(node, MappingNode) else self.end(last)

    def _end_of_block(self, start: int) -> int:
        """Where the last line of a folded or literal text ends that is not blank."""
        end = here = self.line_end(start)
        least: int | None = None
        while here < len(self.text):
            below = self.line_end(here)
            line = self.text[here:below]
            if line.strip():
                indent = len(line) - len(line.lstrip(" "))
                least = indent if least is None else least
                if indent < least:
                    break
                end = below
            here = below
        return end - (self.text[end - 1 : end] == "\n")

    def dash(self, node: Node) -> int:
        """Where the dash of an item stands; refused, unless it begins the item's first line."""
        dash = self.text.rfind("-", 0, node.start_mark.index)
        if self.text[self.line_start(dash) : dash].strip(" "):
            raise CannotSpliceError
        if self.text[dash + 1 : node.start_mark.index].strip(" "):
            raise CannotSpliceError
        return dash

    def lines(self, dash: int, node: Node) -> tuple[int, int]:
        """Find the lines of an item.

        Returns
        -------
        tuple
            Where the first of them begins, and where the line below the last one does.
        """
        return self.line_start(dash), self.line_end(self.end(node))

    def column(self, at: int) -> int:
        """How many characters stand before a position in its line."""
        return at - self.line_start(at)

    def line_start(self, at: int) -> int:
        """Where the line of a position begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where the line after that of `at` begins."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1


def style_of(node: Node) -> str | None:
    """The sign with which a scalar begins: a quote, or that of a folded or literal text."""
    return getattr(node, "style", None)


def is_flow(node: Node) -> bool:
    """Whether a mapping or list stands in brackets."""
    return bool(getattr(node, "flow_style", False))


def comments_of(text: str) -> list[str]:
    r"""Find the comments in a piece of YAML; a sign within a text is none.

    Examples
    --------
    >>> comments_of("title: 'a # b'  # why\nnote: |  # as said\n  # not one\n# below\n")
    ['# why', '# as said', '# below']
    """
    if "#" not in text:
        return []
    # Text without values has no node.
    node = cast("Node | None", node_of(text))
    bare = list(text)
    for start, end in _spans(node, Positions(text)) if node is not None else ():
        bare[start:end] = [" " if sign != "\n" else sign for sign in bare[start:end]]
        if start < end:
            # The letter before a sign decides whether it begins a comment.
            bare[start] = bare[end - 1] = "x" if text[end - 1] != "\n" else "\n"
    return [one.rstrip() for one in _COMMENT.findall("".join(bare))]


def _spans(node: Node, at: Positions) -> Iterator[tuple[int, int]]:
    if isinstance(node, MappingNode):
        for key, one in node.value:
            yield from (*_spans(key, at), *_spans(one, at))
    elif isinstance(node, SequenceNode):
        for one in node.value:
            yield from _spans(one, at)
    elif isinstance(node, ScalarNode):
        start, end = node.start_mark.index, at.end(node)
        yield (at.line_end(start), end) if style_of(node) in {"|", ">"} else (start, end)
