"""The vocabulary for the browser, which has no wording of its own for these concepts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from geo.wording import symbology, vocabulary


def vocabulary_model(country: str) -> dict[str, Any]:
    """The vocabulary of a document, with the strokes and forms of its concepts.

    Parameters
    ----------
    country
        Name of the country, for "outside Afghanistan" and the like.

    Returns
    -------
    A dictionary of JSON values; each list is in the order in which it is shown.

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
        "reviews": [asdict(one) for one in vocabulary.REVIEWS],
        "deathSizes": list(vocabulary.DEATH_SIZES),
        "eventTypes": list(vocabulary.EVENT_TYPES),
        "standings": [asdict(one) for one in vocabulary.standings(country)],
        "reasons": {one.key: asdict(one) for one in vocabulary.REASONS},
        "fields": dict(vocabulary.FIELDS),
        "reliability": [asdict(one) for one in vocabulary.reliability_choices()],
        "credibility": [asdict(one) for one in vocabulary.credibility_choices()],
        "notMapped": vocabulary.NOT_MAPPED,
        "wholeCountry": vocabulary.WHOLE_COUNTRY,
    }
