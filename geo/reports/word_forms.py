"""Forms of words that follow rules: plurals, and the forms of verbs.

The rules are those of ``words/english/forms.toml``: the end of a word, and what takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from geo.reports.wordlists import word_lists


@lru_cache(maxsize=16)
def _rules(form: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", word_lists("forms")[form])


def formed(word: str, form: str) -> str:
    """A word, or a phrase by its last word, in another form; the longest end that fits decides.

    Parameters
    ----------
    form
        The name of the rules in the list of forms.

    Examples
    --------
    >>> [formed(one, "plurals") for one in ("guard", "policeman", "deputy", "child")]
    ['guards', 'policemen', 'deputies', 'children']
    """
    rules = _rules(form)
    longest = max(map(len, rules))
    for length in range(min(longest, len(word)), -1, -1):
        end = word[len(word) - length :]
        if end in rules:
            return word[: len(word) - length] + rules[end]
    return word
