"""The section of the documentation page about reading reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Results = Mapping[str, Mapping[str, Any]]
Row = tuple[str, Callable[[Mapping[str, Any]], str]]

_FOLDERS: Final = ("dev", "unseen")
_READERS: Final = ("ours", "pattern", "names")
_WORDS: Final = """\
Labelled reports of our own (`tests/reports/`): *dev*, which those who work on the reading look at,
and *unseen*, of which they see only this table. *Pattern*: a place is what is before "province".
*Names*: a place is whatever the gazetteer has under its name. In both, a group is a name of the
dossier, the event happened on the day of publication, the first number is the number of people
killed, and a speaker is what is before "said". A question is neither right nor wrong: it counts as
not found, but not as a wrong value.
"""


def reading_section(results: Results, table: Callable[..., str]) -> str:
    """The section, in Markdown; `table` makes a table of heads and rows."""
    rows = [(words, *_cells(results, figure)) for words, figure in _rows()]
    heads = ("", *(f"{folder}: {reader}" for folder in _FOLDERS for reader in _READERS))
    speed = "\n".join(_speed(results.get("reading/speed/0", {})))
    return "## Reading reports\n\n" + _WORDS + "\n" + table(heads, rows) + speed


def _cells(results: Results, figure: Callable[[Mapping[str, Any]], str]) -> Iterator[str]:
    for folder in _FOLDERS:
        one = results.get(f"reading/{folder}/0", {})
        for reader in _READERS:
            yield figure(one[reader]) if reader in one else "not measured"


def _rows() -> Iterator[Row]:
    yield "provinces of the events found", _share("province")
    yield "provinces that are suggested and wrong", _share("province_wrong")
    yield "reports of which the first record is in the right province", _share("leading")
    yield "reports with all provinces right and no other", _documents
    yield "dates of the events exact", _share("dates")
    yield "dates of the events within a day", _share("dates_near")
    yield "the same, of those with a date", _share("dates_near_of_given")
    for kind in ("place", "group", "date", "number", "speaker"):
        yield f"{kind}s in the text: precision", _of_kind(kind, "precision")
        yield f"{kind}s in the text: recall", _of_kind(kind, "recall")


def _share(name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda one: f"{one[name]:.1%}"


def _of_kind(kind: str, name: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda one: f"{one['mentions'][kind][name]:.1%}" if _is_read(one, kind) else "–"


def _is_read(one: Mapping[str, Any], kind: str) -> bool:
    tally = one["mentions"][kind]
    return bool(tally["right"] + tally["wrong"] + tally["false"])


def _documents(one: Mapping[str, Any]) -> str:
    tally = one["records"]["documents"]
    return f"{tally['right']} of {sum(tally.values())}"


def _speed(one: Mapping[str, Any]) -> Iterator[str]:
    if "article_ms" not in one:
        return
    ratio = one["article_ms"] / one["names_ms"]
    yield ""
    yield (
        f"An article of {one['words']} words is read in {one['article_ms']:.0f} ms, {ratio:.1f} "
        "times as long as looking up its names alone takes; 1,000 releases in a row take "
        f"{one['releases']:.0f} s."
    )
    yield ""
