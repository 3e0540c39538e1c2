"""The vocabulary as the payload carries it: the browser has no word of its own for a concept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from geo.wording import symbology, vocabulary


def vocabulary_model(country: str) -> dict[str, Any]:
    """The words of a document, and the stroke and form that go with them.

    Parameters
    ----------
    country
        The country's name, for what is outside it.

    Returns
    -------
    A dictionary of JSON values, each list in the order in which it is shown.

    Examples
    --------
    >>> vocabulary_model("Kenya")["standings"][4]["title"]
    'Outside Kenya'
    """
    return {
        "kinds": [asdict(kind) for kind in vocabulary.KINDS],
        "statuses": [
            asdict(one) | {"stroke": symbology.STROKES[one.key]} for one in vocabulary.STATUSES
        ],
        "precisions": [
            asdict(one) | {"drawn": symbology.FORMS[one.key]} for one in vocabulary.PRECISIONS
        ],
        "attributions": [
            {"key": key, "label": label} for key, label in vocabulary.ATTRIBUTIONS.items()
        ],
        "deathSizes": list(vocabulary.DEATH_SIZES),
        "eventTypes": list(vocabulary.EVENT_TYPES),
        "standings": [asdict(one) for one in vocabulary.standings(country)],
        "reasons": {one.key: asdict(one) for one in vocabulary.REASONS},
        "fields": dict(vocabulary.FIELDS),
        "reliability": [asdict(one) for one in vocabulary.reliability_choices()],
        "credibility": [asdict(one) for one in vocabulary.credibility_choices()],
        "notMapped": vocabulary.NOT_MAPPED,
    }
