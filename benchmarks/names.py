"""From names to places: how many per second, known ones and misspelt ones.

python -m benchmarks.names names 2000
"""

from __future__ import annotations

import numpy as np

from benchmarks import data
from benchmarks.job import ROOT, Figures, main, seconds
from geo.workspace import open_workspace

_LETTERS = "abdeghiklmnorstuz"


def _known(rows: int) -> list[str]:
    random = np.random.default_rng(data.SEED)
    names = [place.name for place in data.workspace().country.gazetteer]
    return [names[at] for at in random.integers(0, len(names), rows)]


def _misspelt(rows: int) -> list[str]:
    """Each name with one wrong letter, so that hardly any of them is known."""
    random = np.random.default_rng(data.SEED + 1)
    found = []
    for name in _known(rows):
        at = int(random.integers(0, len(name)))
        letter = _LETTERS[int(random.integers(0, len(_LETTERS)))]
        found.append(name[:at] + letter + name[at + 1 :])
    return found


def _names(rows: int) -> Figures:
    known, misspelt = _known(rows), _misspelt(rows)
    gazetteer = open_workspace(ROOT / "data").country.gazetteer
    gazetteer.find("Kabul")
    gazetteer.find_many(["Kabuul"])
    taken = seconds(lambda: [gazetteer.find(name) for name in known])
    guessed = seconds(lambda: gazetteer.find_many(misspelt))
    return {
        "places": len(gazetteer),
        "known": rows / taken,
        "misspelt": len(set(misspelt)) / guessed,
    }


if __name__ == "__main__":
    main({"names": _names})
