"""The problems of the data, as the pages with records list them."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from geo import limits
from geo.errors import Problem
from geo.table.workspace import Workspace
from geo.text import counted


def listed_problems(problems: Iterable[Problem]) -> str:
    """Return the first problems, one on a line, and the number of the others.

    Examples
    --------
    >>> print(listed_problems([Problem("the file is empty")] * 2000)[-24:])
    and 1,950 problems more
    """
    every = list(problems)
    lines = [str(one) for one in every[: limits.MAX_PROBLEMS]]
    if len(every) > len(lines):
        lines.append(f"and {counted(len(every) - len(lines), 'problem')} more")
    return "\n".join(lines)


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
        st.code(listed_problems(errors), language=None, wrap_lines=True)
