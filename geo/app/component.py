"""The script and the style of a component of the app, made of parts that it shares with others."""

from __future__ import annotations

from importlib import resources

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


def _module(name: str) -> str:
    return resources.files("geo").joinpath(*name.split("/")).read_text("utf-8")
