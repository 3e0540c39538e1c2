"""The problems of the data, as the pages with records list them."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.table.workspace import Workspace
from geo.text import counted

_SHOWN: Final = 50
"""Problems listed on a page; ``incident-map validate --all`` prints them all."""


def show_problems(workspace: Workspace) -> None:
    """Say how many problems the data have and list them; nothing, where there are none."""
    errors = workspace.errors
    if not errors:
        return
    left_out = workspace.reading.left_out
    with st.expander(
        f"{counted(len(errors), 'problem')} in the data; {counted(left_out, 'record')} rejected",
        icon=":material/warning:",
    ):
        lines = [str(error) for error in errors[:_SHOWN]]
        if len(errors) > len(lines):
            lines.append(f"and {counted(len(errors) - len(lines), 'problem')} more")
        st.code("\n".join(lines), language=None, wrap_lines=True)
