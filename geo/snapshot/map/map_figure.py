"""Drawing of the map of a figure from its plan: land, areas, spots, plates and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from matplotlib.axes import Axes
from matplotlib.path import Path

from geo.places.country import Country
from geo.snapshot.content.content import Content, SignRow, say_numbers
from geo.snapshot.content.frame import Frame
from geo.snapshot.content.layers import AIDS, AREAS, EVENTS, MIXED, NAMES, PAGE, layer_of_rows
from geo.snapshot.content.sizes import POINTS_PER_INCH, Size
from geo.snapshot.layout.signs import Pen, draw_sign
from geo.snapshot.layout.theme import Theme
from geo.snapshot.lettering import width_of
from geo.snapshot.map.badges import draw_leader, write_line
from geo.snapshot.map.base_layers import (
    BasePicture,
    draw_base_relief,
    draw_boundaries,
    draw_water,
)
from geo.snapshot.map.base_signs import draw_base_names, draw_rim
from geo.snapshot.map.basemap import (
    MapCanvas,
    draw_borders,
    draw_ground,
    draw_hatch,
    draw_regions,
    draw_shades,
    rounded,
)
from geo.snapshot.map.coverage import draw_coverage
from geo.snapshot.map.editors_marks import draw_editors_marks
from geo.snapshot.map.event_signs import draw_events
from geo.snapshot.map.forms import draw_marker
from geo.snapshot.map.furniture import draw_locator, draw_north, draw_scale
from geo.snapshot.map.mark_titles import draw_mark_titles
from geo.snapshot.map.own_map import draw_own_areas, draw_own_lines
from geo.snapshot.map.plan import LEAST_HALO, BadgePosition, LabelledSign, Plan, Point
from geo.snapshot.map.planning import plan_map
from geo.snapshot.map.surroundings import draw_surroundings

_REACH: Final = {"disc": (0.10, 0.8), "dot": (0.16, 0.5)}
"""Opacity of the fill and of the edge of a disc and of the halo of a town: the map stays legible
below them, and the edge of a disc, which is exact, is stronger than that of a halo."""
_LABEL_PAD: Final = 2.0
"""Points between the edge of a label and its text."""
_LABEL_OPACITY: Final = 0.85
"""Opacity of the background of a label: text stays legible over a hatch that remains visible."""


def draw_map(
    axes: Axes, content: Content, size: Size, theme: Theme, plan: Plan | None = None,
    *, is_editable: bool = False,
) -> None:  # fmt: skip
    """Draw the map of a figure into axes with the proportions of its frame.

    The number of a mapped record appears once for each of its places: at a sign on its point, on a
    plate with a leader to the point, or on the plate of its area.

    Parameters
    ----------
    plan
        For a box of the size of the axes; computed here if not given.
    is_editable
        Whether each province is an area of its own; see :class:`geo.snapshot.layout.signs.Pen`.
    """
    plan = plan or plan_map(content, canvas_of(axes, content.frame), size.on_map, size.small)
    _prepare(axes, plan.canvas, theme)
    pen = replace(Pen.of(axes, content, theme), is_editable=is_editable)
    _MapDrawing(axes, content, plan, pen).draw()


def canvas_of(axes: Axes, frame: Frame) -> MapCanvas:
    """The box of the axes in points, with the frame widened to its proportions."""
    figure = axes.get_figure(root=True)
    assert figure is not None  # noqa: S101 - axes without a figure cannot be drawn on
    at = axes.get_position()
    inches = figure.get_size_inches()
    width, height = float(at.width * inches[0]), float(at.height * inches[1])
    return canvas_for(frame, width * POINTS_PER_INCH, height * POINTS_PER_INCH)


def canvas_for(frame: Frame, width: float, height: float) -> MapCanvas:
    """A box of this width and height in points, with the frame widened to its proportions.

    Figures of one part of a country and one size have the same one, which keeps their outlines.
    """
    return _canvas(frame, frame.country, width, height)


# Some megabytes each, with what is kept of its land: the sizes of one figure, or a few figures.
@lru_cache(maxsize=8)
def _canvas(frame: Frame, _country: Country, width: float, height: float) -> MapCanvas:
    # The country is named because frames are compared without theirs.
    more_x = max(0.0, (frame.top - frame.bottom) * width / height - (frame.right - frame.left)) / 2
    more_y = max(0.0, (frame.right - frame.left) * height / width - (frame.top - frame.bottom)) / 2
    fitted = replace(
        frame, left=frame.left - more_x, right=frame.right + more_x,
        bottom=frame.bottom - more_y, top=frame.top + more_y,
    )  # fmt: skip
    return MapCanvas(fitted, width, height)


def _prepare(axes: Axes, canvas: MapCanvas, theme: Theme) -> None:
    frame = canvas.frame
    axes.set_xlim(frame.left, frame.right)
    axes.set_ylim(frame.bottom, frame.top)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(theme.background)
    axes.patch.set_gid(PAGE)
    for spine in axes.spines.values():
        spine.set_color(theme.border)
        spine.set_linewidth(0.7)
        spine.set_gid(AIDS)


class _MapDrawing:
    def __init__(self, axes: Axes, content: Content, plan: Plan, pen: Pen) -> None:
        self.axes, self.content, self.plan, self.pen = axes, content, plan, pen
        self.theme = pen.theme
        self.base = BasePicture.of(content, plan.canvas)

    def draw(self) -> None:
        self._areas()
        draw_scale(self.axes, self.plan.canvas, self.theme, self.plan.type_size)
        aids = self.pen.within(AIDS)
        if self.plan.north is not None:
            draw_north(aids.above(-1), self.plan.canvas, self.plan.north, self.plan.type_size)
        if self.plan.locator is not None:
            draw_locator(aids, self.plan.canvas, self.plan.locator)
        self._names()
        if self.content.events is not None:
            draw_events(self.pen.within(EVENTS), self.content.events, self.plan)
        for point in self.plan.points:
            self._reach(point)
        draw_editors_marks(
            self.pen.above(-1.2), self.content, self.plan.canvas, self.plan.editors,
            self.plan.type_size,
        )  # fmt: skip
        for point in self.plan.marked_points:
            pen = self._pen_of(point.spot.rows, point.spot.name).above(0.5)
            draw_marker(pen, point.spot.form, point.x, point.y)
        for head in self.plan.heads:
            self._head(head)
        for position in self.plan.positions:
            pen = self._pen_of_badge(position)
            for leader in position.leaders:
                draw_leader(pen.above(-1), *leader)
            position.layout.draw(pen.above(1), position.box)
        draw_mark_titles(self.pen.within(NAMES), self.plan)

    def _names(self) -> None:
        for name in self.plan.names:
            if self.base is not None and not name.is_outside:
                draw_rim(self.pen.above(-1.6), name.words, *name.box.centre, self.plan.type_size)
            colour = self.theme.faint if name.is_outside else self.theme.muted
            x, y = name.box.centre
            pen = self.pen.within(NAMES).above(-1.5)
            write_line(pen, name.words, x, y, self.plan.type_size, colour=colour, align="center")

    def _pen_of(self, rows: Iterable[SignRow], part: str, *, below: str = "") -> Pen:
        """A pen for the layer of these rows."""
        return self.pen.within(layer_of_rows(rows, self.content.names) + below, part)

    def _pen_of_badge(self, position: BadgePosition) -> Pen:
        if position.area is not None:
            rows = position.area.badge.rows
            is_count = position.area.badge.counts is not None
            return (
                self.pen.within(MIXED, position.area.name)
                if is_count
                else self._pen_of(rows, position.area.name)
            )
        rows = tuple(row for point in position.points for row in point.spot.rows)
        rows = rows or self.content.whole_country
        numbers = [number for row in rows for number in row.numbers]
        name = " ".join(position.layout.title) or f"No. {say_numbers(numbers)}"
        return self._pen_of(rows, name)

    # Steps of `above` order what is drawn: land and areas lowest, names of the base map, reaches,
    # names, leaders, labels, signs, and plates highest.
    def _areas(self) -> None:
        plan, pen = self.plan, self.pen.above(-4)
        shades = {area.badge.area: area.badge.shade for area in plan.areas if area.badge.shade}
        base = self.base
        draw_ground(pen, plan.canvas)
        if base is None:
            draw_shades(pen, plan.canvas, shades)
            draw_coverage(pen, plan.canvas, self.content.coverage)
            draw_borders(pen, plan.canvas)
        else:
            # Shades are compared with the legend, so no relief is drawn over them.
            draw_base_relief(self.axes, pen, base)
            draw_shades(pen.above(0.05), plan.canvas, shades)
            draw_coverage(pen.above(0.06), plan.canvas, self.content.coverage)
            if base.own is not None:
                draw_own_areas(pen.above(0.1), plan.canvas, base.own)
            draw_water(pen.above(0.1), base)
            if base.own is not None:
                draw_own_lines(pen.above(0.1), plan.canvas, base.own)
            draw_boundaries(pen.above(0.1), base)
            draw_base_names(self.pen.above(-2.5), plan)
        for area in plan.areas:
            if area.badge.form == "area" and not area.badge.shade:
                dotted = all(row.inferred for row in area.badge.rows)
                own = self._pen_of(area.badge.rows, area.name, below=AREAS).above(-3.8)
                draw_hatch(own, area.shape, plan.canvas, dotted=dotted)
        regions = [area for area in plan.areas if area.badge.form == "region"]
        rows = [row for area in regions for row in area.badge.rows]
        pen = self._pen_of(rows, "Outlines", below=AREAS).above(-3.6)
        draw_regions(pen, [area.shape for area in regions], plan.canvas)
        draw_surroundings(self.pen.above(-3.5), plan.canvas, is_shaded=bool(shades))

    def _reach(self, point: Point) -> None:
        """Draw the halo of a town, or the disc within which a place is, to scale."""
        form = point.spot.form
        if form not in {"dot", "disc"}:
            return
        groups = {row.sign.groups[0] for row in point.spot.rows}
        style = self.content.styles.get(next(iter(groups))) if len(groups) == 1 else None
        colour = self.theme.muted if style is None else self.theme.group(style)[0]
        circle = Path.circle((point.x, point.y), max(point.radius, LEAST_HALO))
        fill, line = _REACH[form]
        pen = self._pen_of(point.spot.rows, point.spot.name, below=AREAS).above(-2)
        pen.path(circle, fill=colour, opacity=fill)
        pen.path(circle, line=colour, width=0.8, opacity=line)

    def _head(self, head: LabelledSign) -> None:
        """Draw a sign at its point and, beside it, its numbers and possibly its name."""
        point, label, small = head.point, head.label, self.plan.type_size
        row = point.spot.rows[0]
        tip = point.spot.form == "pin"
        pen = self._pen_of(point.spot.rows, point.spot.name)
        draw_sign(pen, row.sign, head.box.left, point.y + point.lift, tip=tip)
        pen.above(-0.5).path(
            rounded(label, _LABEL_PAD), fill=self.theme.land, opacity=_LABEL_OPACITY
        )
        x, y = label.left + _LABEL_PAD, label.centre[1]
        write_line(pen, row.text, x, y, small, weight="bold", colour=self.theme.ink, role="numbers")
        if head.name:
            x += width_of(row.text, small, "bold") + 2 * _LABEL_PAD
            write_line(pen, head.name, x, y, small, colour=self.theme.muted)
