"""A picture drawn again as an imprint says that it was."""

from __future__ import annotations

from geo import limits
from geo.errors import FigureError
from geo.snapshot.content.imprint import DrawnForm
from geo.snapshot.content.sizes import MM_PER_INCH
from geo.snapshot.output.making import Snapshot


def draw_again(snapshot: Snapshot, drawn: DrawnForm) -> bytes:
    """Return the picture of a figure in the same form, page and size.

    Raises
    ------
    FigureError
        It has no such page, is made of shapes, or would be larger than the limit.

    Examples
    --------
    >>> from datetime import date
    >>> import geo
    >>> figure = geo.make_figure(geo.open_workspace(), geo.Recipe(as_of=date(2024, 12, 31)))
    >>> draw_again(figure, DrawnForm("png", 99, 40))
    Traceback (most recent call last):
    ...
    geo.errors.FigureError: the figure has no page 99 with the current data
    """
    match drawn.form:
        case "pdf":
            return snapshot.pdf()
        case "figure":
            _check_size(drawn.width, drawn.height, drawn.dpi)
            return snapshot.figure(drawn.width, drawn.height, drawn.dpi)
        case "shapes":
            raise FigureError("it consists of shapes, not of a picture")
    if not 1 <= drawn.page <= snapshot.pages:
        raise FigureError(f"the figure has no page {drawn.page} with the current data")
    if drawn.form == "svg":
        return snapshot.svg()[drawn.page - 1]
    _check_size(snapshot.size.width, snapshot.size.height, drawn.dpi)
    return snapshot.png(drawn.dpi)[drawn.page - 1]


def vector_again(snapshot: Snapshot, drawn: DrawnForm) -> bytes:
    """Return the vector graphics beside the picture of a figure in a report, in the same size.

    Raises
    ------
    FigureError
        It would be larger than the limit.
    """
    _check_size(drawn.width, drawn.height, drawn.dpi)
    return snapshot.figure_and_vector(drawn.width, drawn.height, drawn.dpi)[1]


def _check_size(width: float, height: float, dpi: int) -> None:
    pixels = width * height * (dpi / MM_PER_INCH) ** 2
    most = limits.MAX_FIGURE_PIXELS
    if not 0 < pixels <= most:
        raise FigureError(f"its recipe asks for {pixels:,.0f} pixels; at most {most:,} are drawn")
