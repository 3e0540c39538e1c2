"""Which claims of a form may repeat one statement, because they share words.

Nothing is filled in: whoever reads both texts may press the button, or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.app.editing.fields import SAME_ORIGIN
from geo.app.editing.naming import short_name
from geo.app.editing.values import Entered
from geo.counts.origins import SharedWording, suggested_origins
from geo.dossier.records import Dossier, Record
from geo.text import listed

_LONGEST: Final = 80
"""Letters of the words in common that are quoted: about one line of the form."""


def suggest_origins(
    record: Record, dossier: Dossier, entered: Entered
) -> dict[str, tuple[str, str, Mapping[str, str]]]:
    """Suggest one origin for claims that share words.

    Parameters
    ----------
    entered
        The form, with the place of each claim.

    Returns
    -------
    dict
        By the place of the text of a claim: what is said of it, the label of the button, and the
        text of fields by their places in the form.
    """
    found: dict[str, tuple[str, str, Mapping[str, str]]] = {}
    held = {claim.origin for one in dossier.records for claim in one.claims if claim.origin}
    for shared in suggested_origins(record, dossier):
        members = [int(at) for at in shared.members]
        given = [origin for at in members if (origin := record.claims[at].origin)]
        word = given[0] if given else short_name(record.id.replace("-", " "), "", held)
        held.add(word)
        texts = {f"{_place(entered, at)}.{SAME_ORIGIN}": word for at in members}
        for at in members:
            others = [f"claim {_number(entered, one)}" for one in members if one != at]
            label = f"Same statement as {listed(others)}"
            found[f"{_place(entered, at)}.text"] = _said(shared, others), label, texts
    return found


def _said(shared: SharedWording, others: list[str]) -> str:
    phrase = shared.phrases[0]
    cut = phrase if len(phrase) <= _LONGEST else f"{phrase[:_LONGEST].rsplit(' ', 1)[0]}…"
    return f"Shares words with {listed(others)}: “{cut}”"


def _place(entered: Entered, at: int) -> str:
    """Where the form has a claim: blank ones before it are not among the claims."""
    return entered.places[("claims", at)]


def _number(entered: Entered, at: int) -> int:
    return int(_place(entered, at).rpartition(".")[2]) + 1
