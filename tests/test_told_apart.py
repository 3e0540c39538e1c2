"""Marks are told apart in grey and by colour-blind readers: measured on the rendered pixels."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from browsing import Tab, modules, open_map, page_script
from PIL import Image
from recording import SHARE

from geo.table.workspace import Workspace
from geo.webmap.document import IncidentLayers, document_html

pytestmark = pytest.mark.browser
CELL = 48
# T and I differ by little more than a bar: less than that would be alike.
LEAST = 14.0
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLINDNESS = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}  # fmt: skip

DRAW = page_script("told_apart.js", "drawSymbols")


def seen_by(picture: np.ndarray, eyes: str) -> np.ndarray:
    """The picture, in linear light, as these eyes see it."""
    linear = np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4)
    return np.clip(linear @ np.array(BLINDNESS[eyes]).T, 0, 1)


def cells(tab: Tab, own: Workspace, age: str) -> dict[str, np.ndarray]:
    payload = IncidentLayers(own).payload
    tab.page.evaluate(modules("core/payload.js", "map/symbols.js"))
    found = tab.page.evaluate(DRAW, {"payload": payload, "age": age, "cell": CELL})
    whole = np.asarray(Image.open(io.BytesIO(tab.page.screenshot())).convert("RGB")) / 255
    columns = found["columns"]
    return {
        name: whole[
            at // columns * CELL : (at // columns + 1) * CELL,
            at % columns * CELL : (at % columns + 1) * CELL,
        ]
        for at, name in enumerate(found["names"])
    }


LOOKS = [("light", "fresh"), ("dark", "ageing"), ("light", "old"),
         ("dark", "old"), ("dark", "fresh"), ("light", "ageing")]  # fmt: skip
"""Theme and age; the first four every day."""


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "age"), LOOKS if SHARE else LOOKS[:4])
def test_every_pair_of_group_kind_and_status_differs(
    own: Workspace, page: Callable[..., Tab], tmp_path: Path, theme: str, age: str
) -> None:
    file = tmp_path / "map.html"
    file.write_text(document_html(own), encoding="utf-8")
    tab = page(theme=theme, width=1200, height=400)
    tab.page.goto(file.as_uri())
    tab.page.locator(".im-ledger-total").wait_for(state="attached")
    drawn = cells(tab, own, age)
    assert len(drawn) == (len(own.reading.dossier.groups) + 1) * 2 * 3
    for eyes in BLINDNESS:
        pictures = {name: seen_by(cell, eyes) for name, cell in drawn.items()}
        assert alike_among(pictures) == [], eyes


def alike_among(pictures: dict[str, np.ndarray]) -> list[str]:
    blank = next(iter(pictures.values()))[0, 0]
    for name, picture in pictures.items():
        assert np.abs(picture - blank).sum() > 40, f"{name} cannot be seen"
    return [
        f"{one} and {other}"
        for (one, first), (other, second) in itertools.combinations(pictures.items(), 2)
        # Summed over the three channels: so many pixels' worth of full contrast lie between them.
        if np.abs(first - second).sum() / 3 < LEAST
    ]


SHADES = page_script("told_apart.js", "shades")
# Contrast as in WCAG 2.2: what is beside each other on a map of areas is told apart from 1.2 on.
LEAST_STEP = 1.2
# Nothing stated of a province, and a neighbour's land: a border runs between them as well.
LEAST_LAND = 1.15


def contrast(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_class_of_provinces_is_told_from_the_next_from_zero_and_from_foreign_land(
    page: Callable[..., Tab], map_file: Path, theme: str
) -> None:
    tab = open_map(page(theme=theme), map_file, "#mode=provinces")
    pixels = np.array(tab.page.evaluate(SHADES)) / 255
    grey = seen_by(pixels, "grey")[:, 0]
    ground, zero, *steps = (float(one) for one in grey)
    assert contrast(ground, zero) > LEAST_LAND
    assert all(contrast(a, b) >= LEAST_STEP for a, b in itertools.pairwise([zero, *steps]))
    assert all(contrast(ground, step) >= LEAST_STEP for step in steps)
    # As drawn, not only as meant: the first class on the map has the colour of the legend.
    drawn = tab.page.locator("path.im-province[data-shade='1']").first
    assert drawn.evaluate("node => getComputedStyle(node).fillOpacity") in {"0.24", "0.13"}


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1000, 1100, 1279])
def test_on_a_touch_screen_no_button_covers_a_name(
    page: Callable[..., Tab], map_file: Path, width: int
) -> None:
    tab = open_map(page(width=width, height=800, has_touch=True, is_mobile=True), map_file)
    if width == 390:
        tab.page.get_by_role("button", name="Layers").click()
    covered = tab.page.evaluate(page_script("told_apart.js", "coveredNames"))
    assert covered == []
