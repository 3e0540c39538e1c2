"""The message that a page shows for an unforeseen error.

A refusal of this package is shown in its own words. Anything else is a fault of the program: it
goes to the log with its traceback, and the page shows a sentence that says where to report it.
Exceptions by which Streamlit stops or reruns a page are neither, and pass through.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from geo.app.plain import show_alert
from geo.errors import GeoError, fault_of_program
from geo.logs import log_fault

_LOG: Final = logging.getLogger(__name__)


@contextmanager
def errors_shown_to_reader(doing: str, heading: str = "") -> Iterator[None]:
    """Show an error inside the block as a sentence, and continue after the block.

    Parameters
    ----------
    doing
        The current activity, such as ``reading the events``.
    heading
        What the error means for the page; a sentence above the message.
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
        show_alert(sentence)
        return
    show_alert(heading)
    st.code(sentence, language=None, wrap_lines=True)
