"""What a page shows in place of an error that nobody foresaw.

A refusal of this package is told in its own words. Anything else is a fault of the program: it goes
to the log with its traceback, and the page says so in a sentence, with whom to tell. What Streamlit
raises to stop or to run a page again is neither, and passes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from geo.app.plain import escape_markdown
from geo.errors import GeoError, fault_of_program
from geo.logs import log_fault

_LOG: Final = logging.getLogger(__name__)


@contextmanager
def errors_shown_to_reader(doing: str, heading: str = "") -> Iterator[None]:
    """Show what goes wrong inside as a sentence; what comes after goes on without it.

    Parameters
    ----------
    doing
        What is being done, such as ``reading the events``.
    heading
        What it means for the page; a sentence above the message.
    """
    try:
        yield
    except (GeoError, OSError) as refusal:
        _show(heading, str(refusal))
    except Exception as error:  # noqa: BLE001 - whatever it is, the reader gets a sentence
        log_fault(_LOG, doing, error)
        _show(heading, fault_of_program(error, doing))


def _show(heading: str, sentence: str) -> None:
    if not heading:
        st.error(escape_markdown(sentence), icon=":material/error:")
        return
    st.error(heading, icon=":material/error:")
    st.code(sentence, language=None, wrap_lines=True)
