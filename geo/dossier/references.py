"""The keys to which parts of a dossier refer, and the problems of keys that are missing.

A missing key is one problem, however often it is used; a problem that only follows from a faulty
entry is reported with that entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from geo.dossier.field_types import Key
from geo.dossier.messages import meant
from geo.dossier.records import CIVILIANS, Dossier
from geo.dossier.yaml_lines import YamlFile, YamlPath
from geo.text import capitalised

_KEY: Final = TypeAdapter[str](Key)
_SECTION_OF: Final = {"group": "groups", "source": "sources", "statement": "statements"}
_SHOWN_LINES: Final = 10
"""Most line numbers that one message lists, which keeps it to one line; the others are counted."""


class References:
    """The references of one file, and which of their keys are missing.

    Parameters
    ----------
    yaml
        The file; problems that follow from a syntax error are added to the message of that error.
    found
        The problems of all parts, to which those of references are added.
    """

    def __init__(self, yaml: YamlFile, found: list[tuple[YamlPath, str]]) -> None:
        self.yaml = yaml
        self.found = found
        self.unknown: dict[tuple[str, str], list[YamlPath]] = {}
        self.dragged: dict[YamlPath, list[YamlPath]] = {}
        self.roots: dict[YamlPath, int] = {}
        self._refused: set[str] = set()

    def refuse(self, section: str) -> None:
        """Take a section as refused whole: the next problem says why, and all that follows."""
        self._refused.add(section)
        self.roots[(section,)] = len(self.found)

    def all_known(self, about: tuple[YamlPath, tuple[str, ...], str], dossier: Dossier) -> bool:
        """Whether the groups and the source of a statement or an assessment are known."""
        path, groups, source = about
        named = [((*path, "about", at), "group", key) for at, key in enumerate(groups)]
        named.append(((*path, "source"), "source", source))
        known = [self._is_known(place, kind, key, dossier) for place, kind, key in named]
        return all(known)

    def of_record(self, part: object, path: YamlPath, dossier: Dossier) -> bool:
        """Whether everything that a raw record refers to is known."""
        named = _references(part) if isinstance(part, dict) else ()
        # A list, not a generator: every reference is checked, so that all problems are found.
        known = [
            self._is_known((*path, *inside), kind, key, dossier)
            for inside, kind, key in named
            if isinstance(key, str)
        ]
        return all(known)

    def _is_known(self, path: YamlPath, kind: str, key: str, dossier: Dossier) -> bool:
        """Whether the file has this entry; if not, the cause is noted, to be reported once."""
        section = _SECTION_OF[kind]
        if key in getattr(dossier, section) or not could_be_key(key):
            # A text that cannot be a key is reported with the record itself.
            return True
        raw = self.yaml.value.get(section)
        is_broken = any(path == (section, key) for _, path, _ in self.yaml.faults)
        if section in self._refused:
            self.dragged.setdefault((section,), []).append(path)
        elif is_broken or (isinstance(raw, dict) and key in raw):
            self.dragged.setdefault((section, key), []).append(path)
        elif not isinstance(raw, dict) or not raw:
            self.dragged.setdefault((section,), []).append(path)
        else:
            self.unknown.setdefault((kind, key), []).append(path)
        return False

    def _raw(self, section: str) -> list[str]:
        raw = self.yaml.value.get(section)
        return [key for key in raw if isinstance(key, str)] if isinstance(raw, dict) else []

    def say_unknown(self, dossier: Dossier) -> None:
        """Add one problem for each key that is not in the file, however often it is used."""
        for (kind, key), paths in self.unknown.items():
            section = _SECTION_OF[kind]
            sentence = f"the {kind} {key!r} is not among the {section} of this file"
            # Faulty entries count as known: a hint must not pass over one and suggest another.
            sentence += meant(key, [*getattr(dossier, section), *self._raw(section)])
            lines = sorted({line for path in paths[1:] if (line := self.yaml.line_of(path))})
            if lines:
                more = f" and {len(lines) - _SHOWN_LINES} more" if len(lines) > _SHOWN_LINES else ""
                shown = ", ".join(map(str, lines[:_SHOWN_LINES]))
                sentence = _joined(sentence, f"also in line{'s'[: len(lines) != 1]} {shown}{more}")
            self.found.append((paths[0], sentence))

    def say_dragged(self) -> None:
        """Add the number of references that cannot be followed to the problem that causes it."""
        for root, paths in self.dragged.items():
            count = len(paths)
            whom = f"{count} reference{'s'[: count != 1]} to "
            at = self.roots.get(root)
            if at is None:
                places = (
                    at for at, (path, _) in enumerate(self.found) if path[: len(root)] == root
                )
                at = next(places, None)
            more = f"{whom}it cannot be followed until this is fixed"
            broken = next((n for n, one in enumerate(self.yaml.faults) if one[1] == root), None)
            if at is not None:
                path, sentence = self.found[at]
                self.found[at] = path, _joined(sentence, more)
            elif broken is not None:
                line, path, sentence = self.yaml.faults[broken]
                self.yaml.faults[broken] = line, path, _joined(sentence, more)
            elif len(root) == 1:
                cannot = "cannot be followed, and their records are rejected"
                lacks = "empty" if root[0] in self.yaml.value else "missing"
                sentence = f"the section {root[0]!r} is {lacks}: {whom}its entries {cannot}"
                self.found.append((root, sentence))

    def say_unreadable(self) -> None:
        """Add where a draft refers to what cannot be read; the reason is that entry's."""
        for root, paths in self.dragged.items():
            name = " ".join([str(root[0]), *(repr(one) for one in root[1:])])
            self.found.append((paths[0], f"refers to {name}, which cannot be read or is missing"))


def _references(part: dict[str, Any]) -> Iterator[tuple[YamlPath, str, object]]:
    """Path, kind and key of every reference of a raw record, whatever else is wrong with it."""
    for name in ("by", "against", "groups"):
        keys = part.get(name)
        for at, key in enumerate(keys if isinstance(keys, list) else []):
            if not (name == "against" and key == CIVILIANS):
                yield (name, at), "group", key
    claims = part.get("claims")
    for at, claim in enumerate(claims if isinstance(claims, list) else []):
        for kind in ("source", "statement"):
            if isinstance(claim, dict) and kind in claim:
                yield ("claims", at, kind), kind, claim[kind]


def _joined(sentence: str, more: str) -> str:
    return f"{sentence} {capitalised(more)}" if sentence.endswith("?") else f"{sentence}; {more}"


def could_be_key(key: str) -> bool:
    """Whether a text could be the key of an entry.

    Examples
    --------
    >>> could_be_key("anadolu-2025"), could_be_key("Anadolu 2025")
    (True, False)
    """
    try:
        _KEY.validate_python(key)
    except ValidationError:
        return False
    return True
