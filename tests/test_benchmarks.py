"""The benchmarks: the same data every time, and a page that says no more than was measured."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from recording import SHARE

from benchmarks.make_events import write_events
from benchmarks.report import page, table
from benchmarks.run import PARTS, jobs
from benchmarks.sizes import OURS, RIVALS
from benchmarks.targets import HUNDRED, MILLION, TARGETS


def made(path, country, **how):
    write_events(path, country, 300, how.pop("seed", 7), **how)
    return path.read_bytes()


@pytest.mark.parametrize("form", ["acled", "ucdp-ged"])
def test_the_same_seed_gives_the_same_events(country, tmp_path, form):
    first = made(tmp_path / "one.csv", country, form=form)
    assert made(tmp_path / "two.csv", country, form=form) == first
    assert made(tmp_path / "three.csv", country, form=form, seed=8) != first


BASE_MAP = {
    "first_map_with": 480.0, "first_map_without": 400.0, "relief": 700.0, "pan_with": 17.0,
    "pan_without": 17.0, "pan_p95_with": 34.0, "pan_p95_without": 17.0, "bytes_with": 960_000,
    "bytes_without": 760_000,
}  # fmt: skip


READING = {
    "province": 0.98, "province_wrong": 0.01, "groups": 0.97, "dates": 0.8,
    "leading": 0.99, "dates_near": 0.8, "dates_near_of_given": 0.96, "numbers": 0.9,
    "speakers": 0.85,
    "records": {"documents": {"right": 58, "missed": 4}},
    "mentions": {
        kind: {"right": 9, "wrong": 0, "false": 1, "precision": 0.9, "recall": 0.75}
        for kind in ("place", "group", "date", "number", "speaker")
    },
}  # fmt: skip


def figures(*, ours=1.0, marker=400.0):
    """Figures of a run in which everything is reached, unless they say otherwise."""
    browser = {"first_map": 400.0, "floor": 30.0, "toggle": 35.0, "step": 90.0}
    return {
        f"documents/{OURS}/{HUNDRED}": {"seconds": ours, "bytes": 10},
        f"documents/marker/{HUNDRED}": {"seconds": marker, "bytes": 400},
        f"documents/fast_marker_cluster/{HUNDRED}": {"seconds": 9, "bytes": 50},
        f"browser/{OURS}/1000": browser,
        f"browser/{OURS}/{HUNDRED}": browser,
        f"browser/{OURS}/{MILLION}": browser | {"first_map": 1200.0},
        f"browser/fast_marker_cluster/{HUNDRED}": browser | {"first_map": 1600.0},
        f"geocoding/provinces/{MILLION}": {"sjoin": 2.0, "ours": 0.1, "differ": 0},
        f"importing/{OURS}/{MILLION}": {"seconds": 10.0},
        f"importing/pyarrow/{MILLION}": {"seconds": 2.0},
        f"app/{OURS}/{MILLION}": {"bytes": 2000, "python": 0.1},
        "dossiers/records/2000": {"library": 2.0, "read": 1.0, "located": 2.0, "mapped": 1.0},
        "snapshots/snapshot/0": {
            "png": 0.5,
            "a_minute": 100.0,
            "first": 1.0,
            "svg": 1.0,
            "pdf": 1.0,
            "kb": {"png": 1, "svg": 1, "pdf": 1},
        },
        "snapshots/one_place/500": {"png": 2.0},
        "snapshots/one_place/2000": {"png": 8.0},
        "base_map/records/0": {**BASE_MAP},
        f"base_map/records/{MILLION}": {**BASE_MAP},
        "reading/unseen/0": {"ours": {**READING}},
        "reading/speed/0": {
            "article_ms": 300.0,
            "names_ms": 100.0,
            "releases": 60.0,
            "words": 916,
        },
        f"counts/counts/{MILLION}": {
            "chart": 1.0,
            "statement": 2.0,
            "pandas": 0.1,
            "cells": 0.5,
            "prepared": 0.1,
            "more": 1.0,
            "rises": 1.0,
            "most": 2.0,
            "most_province": 1.0,
        },
        "opening/app/0": {
            "cold": 3.0,
            "warm": 1.2,
            "figure": 1.5,
            "zip": 8.0,
            "preview": 0.7,
            "new": 1.3,
            "answers": 1.0,
        },
    }


def judged(results):
    return [target.judged(results)[1] for target in TARGETS]


def test_what_just_reaches_its_target_is_said_to_reach_it():
    assert judged(figures()) == [True] * len(TARGETS)


@pytest.mark.parametrize(
    ("key", "figure", "value", "row"),
    [
        (f"documents/{OURS}/{HUNDRED}", "seconds", 1.34, 0),
        (f"documents/{OURS}/{HUNDRED}", "bytes", 10.1, 1),
        (f"documents/fast_marker_cluster/{HUNDRED}", "bytes", 49, 2),
        (f"browser/fast_marker_cluster/{HUNDRED}", "first_map", 1599, 3),
        (f"browser/{OURS}/{MILLION}", "first_map", 1201, 4),
        (f"browser/{OURS}/{MILLION}", "toggle", 69, 5),
        (f"browser/{OURS}/{MILLION}", "step", 121, 6),
        (f"geocoding/provinces/{MILLION}", "ours", 0.11, 7),
        (f"geocoding/provinces/{MILLION}", "differ", 1, 8),
        (f"importing/{OURS}/{MILLION}", "seconds", 10.1, 9),
        (f"app/{OURS}/{MILLION}", "bytes", 14_000_000, 10),
        (f"app/{OURS}/{MILLION}", "python", 0.11, 11),
        ("dossiers/records/2000", "read", 1.01, 12),
        ("snapshots/one_place/2000", "png", 9.1, 13),
        ("base_map/records/0", "first_map_with", 481, 14),
        (f"base_map/records/{MILLION}", "first_map_without", 399, 15),
        (f"counts/counts/{MILLION}", "chart", 1.01, 16),
        (f"counts/counts/{MILLION}", "statement", 2.01, 17),
        ("opening/app/0", "cold", 3.01, 18),
        ("opening/app/0", "warm", 1.21, 19),
        ("opening/app/0", "figure", 1.51, 20),
        ("opening/app/0", "zip", 8.01, 21),
        ("reading/unseen/0", "ours", READING | {"province": 0.979}, 22),
        ("reading/unseen/0", "ours", READING | {"province_wrong": 0.011}, 23),
        ("reading/unseen/0", "ours", READING | {"groups": 0.969}, 24),
        ("reading/unseen/0", "ours", READING | {"dates": 0.79}, 25),
        ("reading/unseen/0", "ours", READING | {"dates_near_of_given": 0.95}, 26),
        ("reading/unseen/0", "ours", READING | {"numbers": 0.89}, 27),
        ("reading/unseen/0", "ours", READING | {"speakers": 0.84}, 28),
        ("reading/speed/0", "article_ms", 301, 29),
        ("reading/speed/0", "releases", 61, 30),
        ("snapshots/snapshot/0", "png", 0.51, 31),
        ("snapshots/snapshot/0", "a_minute", 99.0, 32),
        ("opening/app/0", "preview", 0.71, 33),
    ],
)
def test_what_falls_short_is_said_to_fall_short(key, figure, value, row):
    results = figures()
    results[key] |= {figure: value}
    assert judged(results)[row] is False


def test_what_is_not_measured_is_neither_reached_nor_missed():
    assert judged({}) == [None] * len(TARGETS)
    text = page({"geocoding/sedona/100": {"skipped": "not installed here"}}, [100])
    assert text.count("not measured | –") == len(TARGETS)
    assert "not installed here" in text
    assert "| yes |" not in text


def test_the_base_map_stands_beside_the_same_map_without_it():
    text = page(figures() | {"base_map/no_records/0": {"failed": "no Chromium"}}, [100])
    measured = "200 | 480 | 1.20 | 700 | 17 | 1.00 | 34 | 2.00 |"
    assert f"| 28 records | {measured}" in text
    assert f"| 28 records, 1,000,000 events | {measured}" in text
    assert "| no records | no Chromium |" in text


def test_what_is_read_stands_beside_what_naive_ways_read():
    text = page(figures(), [100])
    assert (
        "| places in the text: precision | not measured | not measured | not measured | 90.0% |"
        in text
    )
    assert "| reports with all provinces right and no other |" in text
    assert "58 of 62" in text


def test_a_job_that_failed_stands_in_the_page_with_its_reason():
    results = {"documents/marker/100": {"failed": "not done after 400 s"}}
    assert "| 100 · `Marker` with `Popup` | not done after 400 s |" in page(results, [100])
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |\n"


def test_every_part_has_its_jobs_and_slow_ones_stay_small():
    planned = list(jobs([1_000, MILLION]))
    assert {job.part for job in planned} == {*PARTS}
    assert {job.name for job in planned if job.part == "documents"} == {"base", OURS, *RIVALS}
    assert f"documents/marker/{MILLION}" not in [job.key for job in planned]


@pytest.mark.slow
@pytest.mark.skipif(not SHARE, reason="a process for each rival; see make test-long")
def test_a_short_run_measures_and_writes_its_page(root, tmp_path):
    done = subprocess.run(
        [
            sys.executable, "-m", "benchmarks.run", "--sizes", "60",
            "--only", "data,documents,names", "--folder", str(tmp_path),
        ],
        cwd=root, capture_output=True, text=True, check=False, timeout=150,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "results-quick.json").read_text())
    assert not [key for key, one in results.items() if "failed" in one or "skipped" in one]
    assert results[f"documents/{OURS}/60"]["bytes"] > 60
    text = (tmp_path / "performance.md").read_text()
    assert "| 60 · Incident Map |" in text
    assert str(tmp_path) not in text
