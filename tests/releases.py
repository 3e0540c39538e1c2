"""Texts in the manner of press releases and reports, put together from a seed."""

from __future__ import annotations

from random import Random

_WHO = ("The National Resistance Front", "The ministry", "A spokesman of the Freedom Front",
        "Local residents", "UNAMA", "A Taliban official", "The provincial police")  # fmt: skip
_SAYS = ("says that", "claims that", "denies that", "reported on Monday that", "confirmed that")
_WHAT = ("two fighters were killed", "at least 12 people were wounded", "a checkpoint was attacked",
         "nobody was hurt", "three vehicles were destroyed",
         "the road was closed for 3 hours", "an outpost was captured",
         "five men were arrested (two of them later freed)")  # fmt: skip
_WHERE = ("in Andarab, Baghlan", "in the Panjshir Valley", "near Pul-e Khumri", "in Kabul's PD 17",
          "in Khost", "in Farkhar district of Takhar", "on the Salang highway")  # fmt: skip
_WHEN = ("on 24 May 2022", "last night", "in late April", "at 9:30 p.m.", "yesterday", "this week")
_MORE = ("It gave no further details.", "The claim could not be verified.",
         "“We will not stop,” it added.", "Nobody else has confirmed this.",
         "No figure was given for the wounded – or for the dead.",
         "The ministry did not comment.")  # fmt: skip


def made_up(seed: int | str) -> Random:
    """What chooses in a test."""
    return Random(seed)  # noqa: S311 - nothing is kept secret by it


def paragraphs_of(seed: int, count: int = 12) -> list[str]:
    """Paragraphs of one to four sentences; some sentences occur more than once."""
    rng = made_up(seed)
    return [" ".join(_sentence(rng) for _ in range(rng.randint(1, 4))) for _ in range(count)]


def _sentence(rng: Random) -> str:
    if rng.random() < 0.25:
        return rng.choice(_MORE)
    return (
        f"{rng.choice(_WHO)} {rng.choice(_SAYS)} {rng.choice(_WHAT)} {rng.choice(_WHERE)} "
        f"{rng.choice(_WHEN)}."
    )
