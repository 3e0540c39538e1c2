"""Views with titles: read from a file or a message, changed, and compared with the data.

A saved View is a title and the address of a View, as after the ``#`` of a map document. It is read
like every address: what is beyond a bound is refused with the reason, never shortened.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl

from geo import limits
from geo.dossier.records import CIVILIANS
from geo.dossier.yaml_lines import YamlLimits, read_yaml
from geo.errors import IntakeError, ViewError
from geo.table.workspace import Workspace
from geo.text import listed
from geo.view.bounds import BOUNDS
from geo.view.question import UNNAMED, View

Act = Literal["save", "rename", "remove"]
_NOT_IN_TITLES: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of Unicode that break a line or are not text."""
_MOST_SHOWN: Final = 60
"""Letters of a refused title that a message repeats."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A View with a title.

    Parameters
    ----------
    title
        One line; of the Views of a list, each has another one.
    address
        The View as in the address of a map document, without ``#``; empty: everything.
    """

    title: str
    address: str

    def view(self) -> View:
        """The View of the address, as far as this program can read it."""
        return _read(self.address)[0]

    def to_json(self) -> dict[str, str]:
        """The saved View as the map document reads it.

        Returns
        -------
        dict
            ``title`` and ``address``.
        """
        return {"title": self.title, "address": self.address}


def read_saved(given: object) -> tuple[SavedView, ...]:
    """Read a list of saved Views: each with a title and an address, or a mapping of both.

    Raises
    ------
    ViewError
        The list is too long, or one of them cannot be read: the message names it and says why.

    Examples
    --------
    >>> read_saved({"NRF in 2024": "#groups=nrf&from=2024-01-01"})[0].address
    'groups=nrf&from=2024-01-01'
    >>> read_saved([{"title": "Backwards", "address": "from=2024-02-01&to=2024-01-01"}])
    Traceback (most recent call last):
    geo.errors.ViewError: saved View 1, 'Backwards': from: 2024-02-01 is after 2024-01-01; give \
the earlier day first
    """
    if isinstance(given, Mapping):
        entries: Sequence[object] = [{"title": key, "address": one} for key, one in given.items()]
    elif isinstance(given, list | tuple):
        entries = given
    else:
        raise ViewError("saved Views: expected a list, each with a title and an address")
    if len(entries) > (most := BOUNDS.saved):
        raise ViewError(f"saved Views: {len(entries):,} of them; at most {most:,} are read")
    found: dict[str, SavedView] = {}
    for number, entry in enumerate(entries, start=1):
        one = _entry(entry, f"saved View {number}")
        if one.title in found:
            raise ViewError(
                f"saved View {number}, {_cut(one.title)}: there are two with this title"
            )
        found[one.title] = one
    return tuple(found.values())


def read_views_file(data: bytes, name: str) -> tuple[SavedView, ...]:
    """Read a file of saved Views: YAML or JSON, a list or a mapping from titles to addresses.

    Raises
    ------
    ViewError
        It cannot be read; the message begins with the name of the file.
    """
    try:
        return read_saved(_parsed(data))
    except UnicodeDecodeError as error:
        msg = f"{name}: is not a text file in UTF-8; expected YAML or JSON"
        raise ViewError(msg) from error
    except (IntakeError, ViewError) as error:
        msg = f"{name}: {error}"
        raise ViewError(msg) from error


def _parsed(data: bytes) -> object:
    if len(data) > (most := limits.MAX_STATE_BYTES):
        raise ViewError(f"larger than {most:,} bytes")
    file = read_yaml(data.decode(), YamlLimits(limits.MAX_LIST_DEPTH, limits.MAX_LIST_PARTS))
    if file.faults:
        line, _, fault = file.faults[0]
        raise ViewError(f"line {line}: {fault}")
    return file.value


def changed(views: Sequence[SavedView], message: object) -> tuple[SavedView, ...]:
    """The list after an act of a reader: a View saved, renamed or removed.

    Parameters
    ----------
    message
        A mapping with ``act``, ``title``, and ``address`` or the new title ``to``.

    Returns
    -------
    tuple
        The new list. A View saved under a title that is in the list replaces that one.

    Raises
    ------
    ViewError
        The act, a title or an address cannot be read, the list is full, or the new title is taken.

    Examples
    --------
    >>> before = read_saved({"A": "", "B": "text=x"})
    >>> [one.title for one in changed(before, {"act": "rename", "title": "A", "to": "C"})]
    ['C', 'B']
    """
    given = message if isinstance(message, Mapping) else {}
    act, title = given.get("act"), _title(given.get("title"), "this View")
    held = {one.title: one for one in views}
    if act == "save":
        held[title] = _entry(given, "this View")
        if len(held) > (most := BOUNDS.saved):
            raise ViewError(f"{most:,} Views are saved already; delete one first")
    elif act == "remove":
        held.pop(title, None)
    elif act == "rename":
        to = _title(given.get("to"), "this View")
        if title in held and to != title and to in held:
            raise ViewError(f"another View is called {_cut(to)}; choose another title")
        held = {
            (to if key == title else key): SavedView(to if key == title else key, one.address)
            for key, one in held.items()
        }
    else:
        raise ViewError("expected to save, rename or remove a View")
    return tuple(held.values())


def misfits(saved: SavedView, workspace: Workspace) -> str:
    """What the View of an address names that the data do not have, or nothing.

    Examples
    --------
    >>> from geo import open_workspace
    >>> misfits(SavedView("Old", "provinces=AF-XYZ&sources=gone"), open_workspace())
    'names what the data do not have: source gone and province AF-XYZ'
    """
    view, dossier, country = saved.view(), workspace.reading.dossier, workspace.country
    ids = {record.id for record in dossier.records}
    provinces = set(country.provinces.codes)
    named: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("group", _groups(saved.address), (*dossier.groups, UNNAMED)),
        ("target", view.against, (*dossier.groups, CIVILIANS)),
        ("source", view.sources, dossier.sources),
        ("province", (*view.provinces, *filter(None, [view.province])), provinces),
        ("district", view.districts, country.districts),
        ("record", filter(None, [view.chosen]), ids),
    )
    found = [f"{what} {key}" for what, keys, known in named for key in keys if key not in known]
    return f"names what the data do not have: {listed(found)}" if found else ""


def _groups(address: str) -> list[str]:
    """The groups that an address shows alone, which only the map document reads."""
    given = dict(parse_qsl(address)).get("groups", "")
    return [key.split("/")[0] for key in given.split(",") if key]


def _read(address: str) -> tuple[View, tuple[str, ...]]:
    view, refusals = View.read_query(dict(parse_qsl(address, keep_blank_values=True)))
    return view, tuple(map(str, refusals))


def _entry(given: object, where: str) -> SavedView:
    parts = given if isinstance(given, Mapping) else {}
    title = _title(parts.get("title"), where)
    where, address = f"{where}, {_cut(title)}", parts.get("address")
    if not isinstance(address, str) or any(map(_is_odd, address)):
        raise ViewError(f"{where}: has no address; expected one such as #from=2024-01-01")
    address = _after_the_page(address)
    if len(address) > (most := BOUNDS.address):
        raise ViewError(f"{where}: an address of {len(address):,} letters; at most {most:,}")
    if refusals := _read(address)[1]:
        raise ViewError(f"{where}: {'; '.join(refusals)}")
    return SavedView(title, address)


def _after_the_page(link: str) -> str:
    """The View of a whole link: a map document has it after ``#``, the app after ``?``."""
    if "#" in link:
        return link.partition("#")[2]
    return link.partition("?")[2] if link.startswith(("http:", "https:")) else link


def _title(given: object, where: str) -> str:
    if not isinstance(given, str) or not given.strip() or any(map(_is_odd, given)):
        raise ViewError(f"{where}: has no title; expected one line of text")
    if len(given) > (most := BOUNDS.title):
        raise ViewError(f"{where}: a title of {len(given):,} letters; at most {most}")
    return given.strip()


def _is_odd(letter: str) -> bool:
    return unicodedata.category(letter) in _NOT_IN_TITLES


def _cut(title: str) -> str:
    return repr(title if len(title) <= _MOST_SHOWN else f"{title[:_MOST_SHOWN]}…")
