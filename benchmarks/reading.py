"""How well and how fast reports are read, on labelled texts, beside naive ways to read them.

    python -m benchmarks.reading dev 0
    python -m benchmarks.reading --misses dev       # what is read wrongly, for those who develop

The number of rows has no meaning here: a folder of `tests/reports` is measured as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any, Final

from benchmarks.data import registry, workspace
from benchmarks.job import ROOT, Figures, best, main
from benchmarks.labelled_reports import LabelledReport, read_folder
from benchmarks.reading_baselines import read_by_names, read_by_pattern
from benchmarks.reading_events import EventScores
from benchmarks.reading_scores import FoundInReport, MentionScores, Miss
from geo.reports.report import read_report

REPORTS: Final = ROOT / "tests" / "reports"
FOLDERS: Final = ("dev", "unseen")
ARTICLE_WORDS: Final = 900
"""Words of an article, as long as those that dossiers are begun from."""
RELEASES: Final = 1_000
"""How many releases are read in a row: a few years of a press office."""

Reader = Callable[[LabelledReport], FoundInReport]


def read_by_us(report: LabelledReport) -> FoundInReport:
    """Read as the product does; where the text has a dateline, it is not told the day."""
    found = read_report(
        report.text,
        published=None if report.in_text else report.published,
        country=workspace().country,
        dossier=workspace().reading.dossier,
        registry=registry(),
    )
    return FoundInReport(tuple(found.mentions), tuple(found.suggestions), found.published)


READERS: Final[dict[str, Reader]] = {
    "ours": read_by_us, "pattern": read_by_pattern, "names": read_by_names,
}  # fmt: skip


def scores(reports: Sequence[LabelledReport], reader: Reader) -> tuple[MentionScores, EventScores]:
    """Read all reports and compare them with their labels.

    Returns
    -------
    tuple[MentionScores, EventScores]
        The tallies of mentions, and those of suggested records.
    """
    mentions, events = MentionScores(), EventScores()
    for report in reports:
        found = reader(report)
        mentions.add(report, found)
        events.add(report, found)
    return mentions, events


def figures_of(reports: Sequence[LabelledReport], reader: Reader) -> Figures:
    """The scores of a way of reading.

    Returns
    -------
    Figures
            ``province`` and the other names of the targets as shares, and all tallies.
    """
    mentions, events = scores(reports, reader)
    provinces, dates = events.provinces, events.dates
    return {
        "province": provinces.recall,
        "province_wrong": provinces.share_wrong,
        "leading": events.leading.recall,
        "leading_wrong": events.leading.share_wrong,
        "dates": dates.share_exact,
        "dates_near": dates.share_near,
        "dates_near_of_given": dates.share_near_of_given,
        "groups": mentions.tallies["group"].f1,
        "numbers": mentions.tallies["number"].f1,
        "speakers": mentions.tallies["speaker"].f1,
        "mentions": {
            kind: asdict(tally) | {"precision": tally.precision, "recall": tally.recall}
            for kind, tally in mentions.tallies.items()
        },
        "records": {
            name: asdict(getattr(events, name))
            for name in (
                "documents",
                "leading",
                "provinces",
                "dates",
                "groups",
                "sides",
                "figures",
                "events",
            )
        },
    }


def _measure(folder: str, _rows: int) -> Figures:
    reports = read_folder(REPORTS / folder)
    if not reports:
        return {"reports": 0}
    return {"reports": len(reports)} | {
        name: figures_of(reports, reader) for name, reader in READERS.items()
    }


def _speed(_rows: int) -> Figures:
    """Milliseconds of an article, and seconds of many releases, by us and by names alone."""
    reports = read_folder(REPORTS / "dev")
    article = _article(reports)
    releases = [one for one in reports if one.style == "coalition release"]
    many = [releases[at % len(releases)] for at in range(RELEASES)]
    read_by_us(article)
    return {
        "words": len(article.text.split()),
        "article_ms": 1000 * best(partial(read_by_us, article), 5),
        "names_ms": 1000 * best(partial(read_by_names, article), 5),
        "releases": best(lambda: [read_by_us(one) for one in many], 1),
    }


def _article(reports: Sequence[LabelledReport]) -> LabelledReport:
    """Think-tank articles one after the other, cut at the number of words."""
    written = [one for one in reports if one.style == "think tank"]
    words = " ".join(one.text for one in written).split(" ")
    text = " ".join(words[:ARTICLE_WORDS])
    return replace(written[0], text=text, labels=(), events=())


def lines(figures: Figures) -> Iterator[str]:
    """The scores of one way of reading, as lines of text."""
    for name, figure in figures.items():
        if isinstance(figure, float):
            yield f"  {name:20} {figure:7.1%}"
    for part in ("mentions", "records"):
        for name, tally in figures[part].items():
            yield f"  {part} {name:10} " + " ".join(_counts(tally))


def _counts(tally: dict[str, Any]) -> Iterator[str]:
    for name, value in tally.items():
        yield f"{name} {value:.1%}" if isinstance(value, float) else f"{name} {value}"


def misses(folder: str) -> Iterator[str]:
    """What is read wrongly in a folder, the reports in order."""
    found: list[Miss] = []
    for one in scores(read_folder(REPORTS / folder), read_by_us):
        found += one.misses
    for miss in sorted(found, key=lambda one: one.report):
        yield (
            f"{miss.report} {miss.kind} {miss.fault}: {miss.words!r}"
            f" wanted [{miss.wanted}] found [{miss.found}]"
        )


def _print_misses(folder: str) -> None:
    text = [*lines(figures_of(read_folder(REPORTS / folder), read_by_us)), "", *misses(folder)]
    sys.stdout.write("\n".join(text) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--misses"]:
        _print_misses(sys.argv[2])
    else:
        main({**{one: partial(_measure, one) for one in FOLDERS}, "speed": _speed})
