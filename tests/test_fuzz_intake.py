"""Any bytes, by every way in: our own errors or a result, soon, in little memory, and no more.

On most days each reader gets a handful; `make test-long` gives each 5,000 strings of bytes and
2,000 real files with something wrong in them.
"""

from __future__ import annotations

import random
import resource
import sys
import time
import warnings

import pytest
from hostile import examples, mutated, outcome, readers, watched
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SECONDS = 5.0
MEGABYTES = 400
NAMES = (
    "boundaries", "dossier", "table as CSV", "table as GPX", "table as JSON", "table as KML",
    "table as KMZ", "table as ODS", "table as XLSX", "table in a ZIP archive", "table, gzipped",
    "table as GeoJSON", "table as GeoParquet",
    "event table",
    "GeoNames dump", "added names", "provinces", "districts", "neighbours", "settlements",
    "places abroad", "country.yaml", "spellings", "parties", "recipe", "View in a file",
    "View in an address", "View in a message", "list as CSV", "list as YAML", "own base map",
    "own base map of pictures", "workbook of a dossier", "figure as PNG", "figure as SVG",
    "figure as PDF", "figure in a deck", "file to scan", "PDF to scan", "profiles",
)  # fmt: skip
# Where a first letter or two would decide, most arbitrary bytes would be refused for that alone.
BEGINNINGS = st.sampled_from([b"", b"{", b"[", b'{"type":"FeatureCollection","features":[', b"PAR1",
                              b"title: ", b"a,b\n", b"1\t", b"\xef\xbb\xbf"])  # fmt: skip

pytestmark = pytest.mark.timeout(1_800)


def peak() -> float:
    """The most memory that this process has had so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def hold(name: str, data: bytes) -> None:
    reader = readers()[name]
    before, began = peak(), time.thread_time()
    with warnings.catch_warnings(), watched() as done:
        warnings.simplefilter("error")
        assert outcome(reader, data) in {"read", "refused"}
    assert done == [], name
    assert time.thread_time() - began < SECONDS, name
    assert peak() - before < MEGABYTES, name


@pytest.fixture(params=NAMES)
def way(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    # What a reader loads when it is first used is loaded before it is watched.
    assert outcome(readers()[name], readers()[name].sound) == "read", name
    return name


def test_every_way_in_is_tried() -> None:
    assert tuple(sorted(NAMES)) == tuple(sorted(readers()))


@pytest.mark.slow
@given(data=st.tuples(BEGINNINGS, st.binary(max_size=400)).map(b"".join))
@settings(
    max_examples=examples(12, 5_000), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_any_bytes_are_read_or_refused_and_do_nothing_else(way: str, data: bytes) -> None:
    hold(way, data)


@pytest.mark.slow
@given(seed=st.integers(0, 1 << 32))
@settings(
    max_examples=examples(15, 2_000), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_a_spoiled_file_is_read_or_refused_and_does_nothing_else(way: str, seed: int) -> None:
    hold(way, mutated(readers()[way].sound, random.Random(seed)))  # noqa: S311 - no secret
