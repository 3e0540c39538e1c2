"""Texts with labels: what a careful reader finds in a report, written into the report itself.

`tests/reports/README.md` explains how a text is labelled. Here the labels are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

LabelKind = Literal["place", "group", "date", "number", "speaker"]

KINDS: Final[Mapping[str, LabelKind]] = {
    "p": "place", "g": "group", "d": "date", "n": "number", "s": "speaker",
}  # fmt: skip
"""The letters of the labels."""
MARKS: Final = frozenset({"?", "~", "dateline"})
"""What can follow a value: open for a reader too, not counted, or part of the dateline."""
_LISTS: Final = ("where", "by", "against", "said")
_COUNTED: Final = ("killed", "injured", "killed_or_injured", "captured")
_FIGURE: Final = re.compile(
    r"(?P<low>\d+)(?:(?P<more>\+)|-(?P<high>\d+))?|~(?P<about>\d+)|-(?P<most>\d+)"
)


class LabelError(ValueError):
    """A label that cannot be read: the text, the label, and what was expected."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people as a text gives it; all parts are ``None`` for words such as "dozens"."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @classmethod
    def of(cls, text: str) -> Figure:
        """Read ``8``, ``20+`` (at least), ``~40`` (about), ``5-7``, ``-12`` (up to) or ``open``."""
        if text == "open":
            return cls()
        found = _FIGURE.fullmatch(text)
        if found is None:
            raise LabelError(f"{text!r} is not a figure such as 8, 20+, ~40, 5-7, -12 or open")
        if found["about"]:
            return cls(best=int(found["about"]))
        if found["most"]:
            return cls(high=int(found["most"]))
        low = int(found["low"])
        if found["more"]:
            return cls(low=low)
        return cls(low=low, high=int(found["high"])) if found["high"] else cls(low, low, low)


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    Parameters
    ----------
    start, end
        Characters of the plain text, from `start` up to but not including `end`.
    values
        What the words mean; any of these is right. Empty where the value is open.
    also
        The kinds of place, what a number counts, or what a speaker's verb makes of it; any of
        these is right, and all are if there are none.
    is_open
        A reader could not decide either: a question is the right answer.
    is_counted
        Whether it is a fault not to find it; finding it is none in either case.
    in_dateline
        Part of the dateline: of the report, not of an event.
    names_party
        Of a speaker: whether the words name the party for which it speaks.
    """

    kind: LabelKind
    start: int
    end: int
    text: str
    values: tuple[str, ...]
    also: tuple[str, ...] = ()
    is_open: bool = False
    is_counted: bool = True
    in_dateline: bool = False
    names_party: bool = False


@dataclass(frozen=True, slots=True)
class LabelledEvent:
    """What a report says happened, or how a group is present.

    Parameters
    ----------
    where
        Codes of provinces without the prefix of the country, with ``~`` where a reader need not
        find them; or ``country``, ``region`` or ``outside``. Empty if the report names no place.
    when
        EDTF; any of these is right. Empty if the report does not say.
    by, against, said_by
        Keys of parties, or words; with ``~`` where a reader need not name them.
    figures
        What is counted, and the figure.
    """

    kind: Literal["incident", "presence"]
    where: tuple[str, ...]
    when: tuple[str, ...]
    by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    figures: tuple[tuple[str, Figure], ...] = ()
    said_by: tuple[str, ...] = ()

    @property
    def provinces(self) -> frozenset[str]:
        """The codes of the provinces that a reader must find."""
        return frozenset(one for one in self.where if re.fullmatch("[A-Z]{3}", one))

    @property
    def possible_provinces(self) -> frozenset[str]:
        """The codes of the provinces that a reader can find."""
        return frozenset(one.lstrip("~") for one in self.where if one.strip("~").isupper())


@dataclass(frozen=True, slots=True)
class LabelledReport:
    """A report with everything that is labelled in it.

    Parameters
    ----------
    published
        The day of publication.
    in_text
        Whether the text gives that day in its dateline, so that a reader need not be told it.
    apart
        Which statements are no records: ``outside``, ``general``.
    """

    id: str
    style: str
    published: date | None
    in_text: bool
    text: str
    labels: tuple[Label, ...]
    events: tuple[LabelledEvent, ...]
    apart: tuple[str, ...] = field(default=())

    @property
    def provinces(self) -> frozenset[str]:
        """The codes of the provinces that a reader must find."""
        return frozenset(code for event in self.events for code in event.provinces)

    @property
    def possible_provinces(self) -> frozenset[str]:
        """The codes of the provinces that a reader can find."""
        return frozenset(code for event in self.events for code in event.possible_provinces)


def read_labelled(path: Path) -> LabelledReport:
    """Read one file.

    Raises
    ------
    LabelError
        Something in it is not as `tests/reports/README.md` describes it.
    """
    try:
        return labelled(path.read_text(encoding="utf-8"))
    except LabelError as error:
        raise LabelError(f"{path.name}: {error}") from error


def read_folder(folder: Path) -> tuple[LabelledReport, ...]:
    """Read all files of a folder, in order of their names."""
    return tuple(read_labelled(path) for path in sorted(folder.glob("*.txt")))


def labelled(source: str) -> LabelledReport:
    """Read a report from the text of its file."""
    head, body = _parts(source)
    published, in_text = _published(_one(head, "published"))
    text, labels = unmarked(body)
    return LabelledReport(
        id=_one(head, "id"),
        style=_one(head, "style"),
        published=published,
        in_text=in_text,
        text=text,
        labels=labels,
        events=tuple(_event(line) for line in head.get("event", [])),
        apart=tuple(head.get("apart", [])),
    )


def _parts(source: str) -> tuple[dict[str, list[str]], str]:
    """The lines of the head by their names, and the body."""
    found = re.match(r"---\n(.*?)\n---\n(.*)", source, re.DOTALL)
    if found is None:
        raise LabelError("the file does not begin with a head between two lines of ---")
    head: dict[str, list[str]] = {}
    for line in found[1].splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise LabelError(f"{line!r} is not a line such as 'style: wire'")
        head.setdefault(name.strip(), []).append(value.strip())
    return head, found[2].strip()


def _one(head: Mapping[str, list[str]], name: str) -> str:
    values = head.get(name, [])
    if len(values) != 1:
        raise LabelError(f"there are {len(values)} lines of {name!r} instead of one")
    return values[0]


def _published(value: str) -> tuple[date | None, bool]:
    if value == "none":
        return None, False
    day, _, where = value.partition(" ")
    if where not in {"", "in text"}:
        raise LabelError(f"{where!r} after the day of publication is not 'in text'")
    try:
        return date.fromisoformat(day), bool(where)
    except ValueError as error:
        raise LabelError(f"{day!r} is not a day of publication such as 2012-10-03") from error


def unmarked(body: str) -> tuple[str, tuple[Label, ...]]:
    """The plain text, and its labels in their order; a label can contain others.

    >>> text, labels = unmarked("{two {Taliban|g taliban} fighters|n killed 2} died")
    >>> text, [(one.text, one.values) for one in labels]
    ('two Taliban fighters died', [('two Taliban fighters', ('2',)), ('Taliban', ('taliban',))])
    """
    plain: list[str] = []
    opened: list[int] = []
    labels: list[Label] = []
    length = 0
    for piece in re.split(r"(\{|\|[^{}|]*\})", body):
        if piece == "{":
            opened.append(length)
        elif piece.endswith("}"):
            if not opened:
                raise LabelError(f"nothing is opened before {piece!r}")
            start = opened.pop()
            labels.append(_label(piece[1:-1], start, "".join(plain)[start:]))
        else:
            plain.append(piece)
            length += len(piece)
    if opened:
        raise LabelError(f"a label that begins at character {opened[-1]} has no end")
    labels.sort(key=lambda one: (one.start, -one.end))
    return "".join(plain), tuple(
        replace(one, names_party=_names_party(one, labels)) for one in labels
    )


def _names_party(label: Label, labels: Iterable[Label]) -> bool:
    return label.kind == "speaker" and any(
        one.kind == "group" and {*one.values} & {*label.values}
        and label.start <= one.start and one.end <= label.end
        for one in labels
    )  # fmt: skip


def _label(value: str, start: int, text: str) -> Label:
    words = value.split()
    marks = {word for word in words if word in MARKS}
    kind, *rest = [word for word in words if word not in MARKS]
    if kind not in KINDS or not rest:
        raise LabelError(f"{value!r} is not a label such as 'p HEL province'")
    values, also = _meaning(KINDS[kind], rest)
    return Label(
        kind=KINDS[kind], start=start, end=start + len(text), text=text, values=values, also=also,
        is_open="?" in marks or not values,
        is_counted=not marks & {"~", "dateline"} and values != ("none",),
        in_dateline="dateline" in marks,
    )  # fmt: skip


def _meaning(kind: LabelKind, words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of a label, and what else it says."""
    if kind == "date":
        return tuple(word for word in words if word not in {"or", "open"}), ()
    if kind == "number":
        figures = tuple(word for word in words[1:] if word != "or")
        return (() if figures == ("open",) else figures), tuple(words[0].split("/"))
    value, also = words[0], tuple(words[1].split("/")) if len(words) > 1 else ()
    return (tuple(value.split(",")) if kind == "place" else tuple(value.split("/"))), also


def _event(line: str) -> LabelledEvent:
    given = dict(_pairs(line))
    kind = given.pop("kind", "incident")
    if kind not in {"incident", "presence"}:
        raise LabelError(f"{kind!r} is neither incident nor presence")
    lists = {name: _listed(given.pop(name, "")) for name in _LISTS}
    when = tuple(one for one in given.pop("when", "none").split("|") if one != "none")
    given = {name: value for name, value in given.items() if value}
    figures = tuple((name.partition("#")[0], Figure.of(value)) for name, value in given.items())
    strange = {name for name, _ in figures} - {*_COUNTED}
    if strange:
        raise LabelError(f"{strange.pop()!r} is not part of an event")
    return LabelledEvent(
        kind="presence" if kind == "presence" else "incident",
        where=lists["where"], when=when, by=lists["by"], against=lists["against"],
        figures=figures, said_by=lists["said"],
    )  # fmt: skip


def _listed(value: str) -> tuple[str, ...]:
    return tuple(one for one in value.split(",") if one and one != "none")


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """The names and values of an event; a figure that is given twice has numbered names."""
    for at, word in enumerate(line.split()):
        name, equals, value = word.partition("=")
        if not equals:
            raise LabelError(f"{word!r} is not a part of an event such as where=HEL")
        yield (f"{name}#{at}" if name in _COUNTED else name), value
