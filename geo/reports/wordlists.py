"""Word lists for reading: data, one folder for each language.

A file is TOML; its comments say what each list is for. A further language is a further folder with
files of the same names.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

_LANGUAGES = 8
"""Languages kept in memory times the files of each; more are read again."""


@lru_cache(maxsize=8 * _LANGUAGES)
def word_lists(topic: str, language: str = "english") -> dict[str, Any]:
    """Read a file of word lists.

    Parameters
    ----------
    topic
        Name of the file, such as ``places``.

    Returns
    -------
    dict
        The lists of the file by their names; not to be changed.

    Examples
    --------
    >>> "mullah" in word_lists("places")["titles"]
    True
    """
    file = resources.files("geo.reports").joinpath("words", language, f"{topic}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=32 * _LANGUAGES)
def word_set(topic: str, name: str, language: str = "english") -> frozenset[str]:
    """One list of a file as a set.

    Examples
    --------
    >>> "mullah" in word_set("places", "titles")
    True
    """
    return frozenset(word_lists(topic, language)[name])


@lru_cache(maxsize=8 * _LANGUAGES)
def word_pattern(topic: str, name: str, language: str = "english") -> re.Pattern[str]:
    """One pattern of a file.

    Examples
    --------
    >>> bool(word_pattern("capitals", "other").search("The provincial capital was calm."))
    True
    """
    return re.compile(word_lists(topic, language)[name])
