"""From plain values to the lines of block YAML in which a dossier is written.

A text is written as it would be by hand: plain where that reads back as the same text, else in
quotes; a long one is folded below its key.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from geo.dossier.yaml_flow import scalar

_WIDTH: Final = 100
"""Columns of a line, as in the dossier that comes with the program."""
_LEAST: Final = 40
"""Columns of a folded line at least, however deep it stands."""
_STEP: Final = 2
"""Columns by which a value stands farther right than its key."""
_BREAKS: Final = re.compile(r"[\n\r\x85\u2028\u2029]")
_FOLDABLE: Final = re.compile(r"\S+(?: \S+)*")
_PLAIN: Final = re.compile(r"(?![\s\-?:,\[\]{}#&*!|>'\"%@`=])\S(?:.*\S)?")
"""A plain scalar begins with no indicator (YAML 1.2.2, 7.3.3); its inside is looked at apart."""
_WORDS_ELSEWHERE: Final = re.compile(r"(?i)y|n|yes|no|on|off")
"""Text to us, but truth values for readers of YAML 1.1 (yaml.org/type/bool.html)."""
_NOT_PRINTABLE: Final = re.compile(
    r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""YAML 1.2.2, 5.1, and the byte order mark, which an editor would take away."""


class Rendered(NamedTuple):
    """A value in YAML.

    Parameters
    ----------
    head
        What stands in the line of its key or dash; empty, if the value begins below.
    below
        The lines below, without their line breaks.
    """

    head: str
    below: tuple[str, ...] = ()


def rendered(value: Any, column: int) -> Rendered:
    """Write a value below a key or dash that stands at `column`, counted from 0.

    Examples
    --------
    >>> rendered({"low": 20, "said": "at least 20: no more"}, 4)
    Rendered(head='', below=('      low: 20', "      said: 'at least 20: no more'"))
    >>> rendered([], 4).head, rendered("2022", 4).head, rendered(None, 4).head
    ('[]', "'2022'", 'null')
    """
    if isinstance(value, str):
        return _text(value, column)
    if isinstance(value, Mapping) and value:
        return Rendered("", tuple(_members(value, column + _STEP)))
    if isinstance(value, list | tuple) and value:
        return Rendered("", tuple(_items(value, column + _STEP)))
    return Rendered(in_flow(value))


def member(key: str, value: Any, column: int) -> list[str]:
    """Write a key and its value as lines.

    Examples
    --------
    >>> member("by", ["nrf"], 2)
    ['  by:', '    - nrf']
    """
    head, below = rendered(value, column)
    return [f"{' ' * column}{in_flow(key)}:{' ' * bool(head)}{head}", *below]


def item(value: Any, column: int) -> list[str]:
    """Write an item of a list as lines, its dash at `column`.

    Examples
    --------
    >>> item({"place": "Kabul", "kind": "settlement"}, 2)
    ['  - place: Kabul', '    kind: settlement']
    """
    head, below = rendered(value, column)
    if head:
        return [f"{' ' * column}- {head}", *below]
    first, *rest = below
    return [f"{' ' * column}- {first[column + _STEP :]}", *rest]


def in_flow(value: Any) -> str:
    """Write a value within a line, as in JSON where it is not a plain word.

    Examples
    --------
    >>> in_flow(["nrf", "a, b", None, 1.5, {"low": True}])
    "[nrf, 'a, b', null, 1.5, {low: true}]"
    """
    if isinstance(value, str):
        return _quoted(value, within=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{in_flow(k)}: {in_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(in_flow, value))}]"
    return json.dumps(value)


def _members(value: Mapping[str, Any], column: int) -> Iterator[str]:
    for key, one in value.items():
        yield from member(key, one, column)


def _items(value: Sequence[Any], column: int) -> Iterator[str]:
    for one in value:
        yield from item(one, column)


def _text(text: str, column: int) -> Rendered:
    wide = max(_LEAST, _WIDTH - column - _STEP)
    if len(text) <= wide or not _FOLDABLE.fullmatch(text) or _NOT_PRINTABLE.search(text):
        return Rendered(_quoted(text, within=False))
    if _BREAKS.search(text):
        return Rendered(_quoted(text, within=False))
    lines = textwrap.wrap(text, wide, break_long_words=False, break_on_hyphens=False)
    return Rendered(">-", tuple(f"{' ' * (column + _STEP)}{line}" for line in lines))


def _quoted(text: str, *, within: bool) -> str:
    """Quote a text as little as it needs; `within` brackets a comma ends it, too."""
    if _is_plain(text, within=within):
        return text
    if _BREAKS.search(text) or _NOT_PRINTABLE.search(text) or "\t" in text:
        return _escaped(text)
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    """Write a text in double quotes, with what cannot be seen as an escape of JSON."""
    shown = json.dumps(text, ensure_ascii=False)
    return re.sub(
        rf"{_NOT_PRINTABLE.pattern}|{_BREAKS.pattern}", lambda one: json.dumps(one[0])[1:-1], shown
    )


def _is_plain(text: str, *, within: bool) -> bool:
    if not _PLAIN.fullmatch(text) or _WORDS_ELSEWHERE.fullmatch(text) or text == "...":
        return False
    if not isinstance(scalar(text), str):
        return False
    if _BREAKS.search(text) or _NOT_PRINTABLE.search(text) or "\t" in text:
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return not (within and re.search(r"[,\[\]{}:]", text))
