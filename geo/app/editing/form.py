"""The form of an entry as a component: shown once, and told what is said of it in each rerun."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo.app.component import linked_script, shared_style
from geo.app.editing.answers import Answer
from geo.app.editing.fields import FormPart, to_message
from geo.app.editing.values import FormValues

_LONGEST: Final = 200
"""Letters of a word that identifies a form or says what to do."""


_form = st.components.v2.component(
    "incident_map_form",
    css=shared_style("app/editing/form.css"),
    js=linked_script("app/form/form.js", "IncidentMapForm", "mountForm"),
)


@dataclass(frozen=True)
class Typed:
    """What the browser last said of a form.

    Parameters
    ----------
    form
        Which form.
    n
        The number of its state.
    values
        What is in it; unchecked.
    place
        The number of the place that somebody looked at last.
    act, why
        What to do, if it is more than to keep it, and the reason for it.
    """

    form: str
    n: int
    values: Any
    place: int
    act: str = ""
    why: str = ""


@dataclass(frozen=True)
class FormHandlers:
    """What is called when somebody has typed, or has asked for something."""

    typed: Callable[[], None]
    act: Callable[[], None]


def entry_form(
    form: str, parts: Sequence[FormPart], values: FormValues, answers: Mapping[str, Any] | None, *,
    acts: Sequence[tuple[str, str]], why: bool, key: str, handlers: FormHandlers,
) -> None:  # fmt: skip
    """Show a form.

    Parameters
    ----------
    form
        Identifies it: with another one, the browser makes the form anew, with `values` in it.
    answers
        What is said of it; see :func:`answers_message`.
    acts
        What the buttons do and are called, the usual one first.
    why
        Whether a reason is asked for.
    """
    wanted = {"form": form, "parts": to_message(parts, is_new=not why), "values": values,
              "answers": answers, "acts": [list(act) for act in acts], "why": why}  # fmt: skip
    _form(key=key, data=wanted, on_typed_change=handlers.typed, on_act_change=handlers.act)


def last_typed(key: str, what: str = "typed") -> Typed | None:
    """Return what the browser last said; ``None`` if it has said nothing, or nothing that is valid.

    Parameters
    ----------
    what
        ``typed``, or ``act`` within the callback for it.
    """
    stored = st.session_state.get(key)
    given = stored.get(what) if isinstance(stored, Mapping) else None
    if not isinstance(given, Mapping):
        return None
    form, n, place = given.get("form"), given.get("n"), given.get("place")
    if not isinstance(form, str) or type(n) is not int or type(place) is not int:
        return None
    words = [given.get(name, "") for name in ("act", "why")]
    act, why = (word if isinstance(word, str) else "" for word in words)
    return Typed(form[:_LONGEST], n, given.get("values"), max(0, place), act[:_LONGEST], why)


def answers_message(answer: Answer, n: int, kept: str) -> dict[str, Any]:
    """What is said of a form, as JSON for the browser.

    Returns
    -------
    dict
        Typed as ``Answers`` in ``form/types.d.ts``.
    """
    fields = {}
    for place, one in answer.fields.items():
        said = {"said": one.said, "fault": one.fault, "missing": one.is_missing,
                "choices": [[label, dict(texts)] for label, texts in one.choices]}  # fmt: skip
        if present := {name: value for name, value in said.items() if value}:
            fields[place] = present
    return {"n": n, "fields": fields, "general": answer.general, "faults": answer.faults,
            "kept": kept}  # fmt: skip
