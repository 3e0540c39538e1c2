"""How often a test tries something, and what came of it.

Every day a test tries little. With ``INCIDENT_MAP_LONG=1`` it tries as often as it can, and its
figures are kept for ``docs/explanation/reliability.md``; with a share, such as
``INCIDENT_MAP_LONG=0.2``, it tries that part of it and keeps nothing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "build" / "reliability"
SHARE = float(os.environ.get("INCIDENT_MAP_LONG") or 0)


def times(quick: int, long: int) -> int:
    """How often to try: `quick` every day, `long` in a long run, or a share of that."""
    return max(quick, round(long * SHARE))


def record(test: str, *, tried: int, lost: int, said: str) -> None:
    """Keep what came of a test of a whole long run.

    Parameters
    ----------
    tried
        How often.
    lost
        Files torn or lost, sessions mixed up, runs that failed.
    said
        What happened, in a few words.
    """
    if SHARE >= 1:
        FOLDER.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"test": test, "tried": tried, "lost": lost, "said": said})
        (FOLDER / f"{test.rpartition('::')[2]}.json").write_text(text, encoding="utf-8")
