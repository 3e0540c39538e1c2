"""From which data and question a figure is, and whether it was altered.

An imprint is not a signature: whoever can change a picture can change what it carries. What cannot
be forged is the comparison with the data: if the current data are those of the figure, it is drawn
again and compared, pixel by pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geo.errors import GeoError
from geo.figures.drawing import draw_again
from geo.figures.finding import FoundFigure, find_figures
from geo.snapshot.content.event_file import EventFile
from geo.snapshot.output.making import make
from geo.table.workspace import Workspace

Confirmation = Literal["confirmed", "not confirmed", "other data", "other events"]
"""``confirmed``: drawn again from the same data, it is the same picture; ``not confirmed``: it is
another one; ``other data``: the current data are not those of the figure; ``other events``: its
events are not given."""


@dataclass(frozen=True)
class VerifiedFigure:
    """A figure of a file, compared with the data that it names."""

    figure: FoundFigure
    confirmation: Confirmation

    @property
    def is_sound(self) -> bool:
        """Whether nothing speaks against the picture being what it says."""
        is_other = self.confirmation == "not confirmed"
        return self.figure.state in {"as drawn", "shapes"} and not is_other


@dataclass(frozen=True)
class VerifiedFile:
    """The figures of a file, and a message for each that cannot be read."""

    file: str
    figures: tuple[VerifiedFigure, ...]
    faults: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether it has figures, and nothing speaks against any of them."""
        return bool(self.figures) and not self.faults and all(one.is_sound for one in self.figures)


def verify_figure_file(
    data: bytes, file: str, workspace: Workspace, events: EventFile | None = None
) -> VerifiedFile:
    """Compare the figures of a file with what they carry and, where possible, with the data.

    Parameters
    ----------
    file
        Its name in messages.
    events
        The events of figures that show any; without them, these are not drawn again.

    Raises
    ------
    IntakeError
        It is not a file with figures, or cannot be read.
    """
    found = find_figures(data, file)
    figures = tuple(
        VerifiedFigure(one, _confirmed(one, workspace, events)) for one in found.figures
    )
    return VerifiedFile(file, figures, found.faults)


def _confirmed(figure: FoundFigure, workspace: Workspace, events: EventFile | None) -> Confirmation:
    recipe = figure.imprint.recipe
    if recipe.events is not None and (events is None or events.digest != recipe.events.digest):
        return "other events"
    try:
        snapshot = make(workspace, recipe, events)
        if (recipe.data, recipe.ground) != (snapshot.recipe.data, snapshot.recipe.ground):
            return "other data"
        if figure.state != "as drawn":
            return "not confirmed"
        again = draw_again(snapshot, figure.imprint.drawn)
        (drawn,) = find_figures(again, "the figure").figures
    except GeoError:  # its recipe cannot be drawn: it is not a figure of these data
        return "not confirmed"
    is_same = drawn.imprint.picture == figure.imprint.picture
    return "confirmed" if is_same else "not confirmed"
