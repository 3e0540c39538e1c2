"""The script and the style of a component of the app, made of parts that it shares with others."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

from geo.webmap.linker import link_modules


def linked_script(entry: str, name: str, mount: str) -> str:
    """Return the modules of a component as the one that Streamlit loads.

    Parameters
    ----------
    entry
        Its first module, below the package, such as ``app/form/form.js``.
    name
        Under which the page holds what the module exports.
    mount
        The export that Streamlit calls in every run.
    """
    return f"{link_modules(_module, entry, name)}export default window.{name}.{mount};\n"


def shared_style(sheet: str) -> str:
    """Return the rules that all components share, and after them those of its own sheet.

    Parameters
    ----------
    sheet
        Below the package, such as ``app/editing/form.css``.
    """
    return _module("app/component.css") + _module(sheet)


def numbered_acts(
    given: object, most: int, after: int
) -> tuple[tuple[int, Mapping[str, Any]], ...]:
    """Return what a component asks for, and has not been done.

    Parameters
    ----------
    given
        What came from the browser, unchecked.
    most
        Most acts; of more, none is returned.
    after
        The number of the last act that has been done: a component repeats it until it hears so.

    Returns
    -------
    tuple
        Pairs of a growing number and the act, whose other fields are unchecked, in order.

    Examples
    --------
    >>> numbered_acts([{"n": 8, "act": "accept"}, {"n": True}, "act"], 200, after=7)
    ((8, {'n': 8, 'act': 'accept'}),)
    """
    if not isinstance(given, list) or len(given) > most:
        return ()
    known = [one for one in given if isinstance(one, Mapping) and type(one.get("n")) is int]
    new = ((one["n"], one) for one in known if one["n"] > after)
    return tuple(sorted(new, key=lambda pair: pair[0]))


def _module(name: str) -> str:
    return resources.files("geo").joinpath(*name.split("/")).read_text("utf-8")
