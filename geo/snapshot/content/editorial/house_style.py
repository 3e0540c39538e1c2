"""Colours of an organisation for a figure, refused where readers could not tell them apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from geo import limits
from geo.errors import FigureError, RecipeError
from geo.snapshot.content.editorial.plain_fields import PlainFields
from geo.wording.symbology import GroupStyle, contrast, style_of_colours

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_PAGE: Final = "#FFFEFB"
_LEAST_ACCENT: Final = 4.5
"""Least contrast ratio of the accent with the page: it is the colour of text (WCAG 2.2, 1.4.3)."""
_LEAST_MARK: Final = 3.0
"""Least contrast ratio of a group's colour with the page (WCAG 2.2, 1.4.11, graphical objects)."""
_LEAST_APART: Final = 0.07
"""Least distance of two groups in Oklab for any eye; the product's own colours are 0.076 apart or
more."""
_BLINDNESS: Final[Mapping[str, NDArray[np.float64]]] = {
    "readers with full colour vision": np.eye(3),
    "readers without red cones (protanopia)": np.array([
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
    "readers without green cones (deuteranopia)": np.array([
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "readers without blue cones (tritanopia)": np.array([
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]),
}  # fmt: skip
"""How linear RGB looks to each reader (Machado, Oliveira and Fernandes 2009, severity 1.0)."""
_TO_CONES: Final = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
"""From linear RGB to the cones of Oklab (Ottosson 2020)."""
_TO_OKLAB: Final = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip
"""From the cube roots of the cones to Oklab (Ottosson 2020)."""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """The colours of an organisation.

    Parameters
    ----------
    accent
        Colour of the editor's marks, of links and of the bar beside the note; empty: the usual one.
    groups
        Key of a group and its colour, as ``#RRGGBB``.

    Raises
    ------
    RecipeError
        A colour is not written as ``#RRGGBB``, or the accent is too pale for text.

    Examples
    --------
    >>> HouseStyle(accent="#FFCC00")
    Traceback (most recent call last):
    ...
    geo.errors.RecipeError: colours: accent #FFCC00 has a contrast of 1.5 with the page; \
text needs 4.5; choose a darker one
    """

    accent: str = ""
    groups: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Check each colour by itself."""
        if len(self.groups) > limits.MAX_GROUPS:
            raise RecipeError(f"colours: more than {limits.MAX_GROUPS} groups are named")
        for name, colour in (("accent", self.accent), *self.groups):
            if colour and not _COLOUR.fullmatch(colour):
                raise RecipeError(
                    f"colours: {name[:80]} {colour!r:.40} is not a valid colour; expected one "
                    "such as '#0072B2'"
                )
        object.__setattr__(self, "accent", self.accent.upper())
        groups = tuple((key, colour.upper()) for key, colour in self.groups if colour)
        object.__setattr__(self, "groups", groups)
        for name, colour, least, use in (
            ("accent", self.accent, _LEAST_ACCENT, "text"),
            *((key, colour, _LEAST_MARK, "a mark") for key, colour in self.groups),
        ):
            if colour and (ratio := contrast(colour, _PAGE)) < least:
                raise RecipeError(
                    f"colours: {name[:80]} {colour} has a contrast of {ratio:.1f} with the page; "
                    f"{use} needs {least:g}; choose a darker one"
                )

    @classmethod
    def from_plain(cls, value: object, where: str) -> Self:
        """Read the colours from JSON, YAML or TOML.

        Raises
        ------
        RecipeError
            A colour is refused; the message says why.
        """
        given = PlainFields.of(value, where, ("accent", "groups"))
        return cls(given.text("accent"), given.text_by_key("groups"))

    def to_plain(self) -> dict[str, Any]:
        """The colours for a recipe.

        Returns
        -------
        Those that are chosen.
        """
        accent = {"accent": self.accent} if self.accent else {}
        return accent | ({"groups": dict(self.groups)} if self.groups else {})

    def styles(
        self, usual: Mapping[str, GroupStyle], names: Mapping[str, str], shown: Collection[str]
    ) -> dict[str, GroupStyle]:
        """The styles of all groups, with the house's colours where it has any.

        Parameters
        ----------
        usual
            Style of each group by its key.
        names
            Names of groups, for messages.
        shown
            Keys of the groups on the figure, which readers have to tell apart.

        Returns
        -------
        Style of each group by its key.

        Raises
        ------
        FigureError
            There is no such group, or two groups on the figure could not be told apart.
        """
        own = dict(self.groups)
        if missing := [key for key in own if key not in usual]:
            raise FigureError(
                f"colours: there is no group {missing[0]!r:.80}; expected any of "
                f"{', '.join(list(usual)[:20])}"
            )
        styles = {
            key: style_of_colours(own[key], lighter(own[key])) if key in own else style
            for key, style in usual.items()
        }
        seen = {key: style for key, style in styles.items() if key in shown}
        if fault := next(_alike(own, seen, names), ""):
            raise FigureError(f"colours: {fault}")
        return styles


def lighter(colour: str) -> str:
    """The colour for a dark page: halfway to white in linear light.

    Examples
    --------
    >>> lighter("#000000"), lighter("#FFFFFF")
    ('#BCBCBC', '#FFFFFF')
    """
    encoded = _encoded((_linear(colour) + 1) / 2)
    return "#" + "".join(f"{round(float(one) * 255):02X}" for one in encoded)


def distance(one: str, other: str, eyes: NDArray[np.float64] | None = None) -> float:
    """Distance of two colours in Oklab, as seen by eyes that mix linear RGB in this way."""
    seen = _BLINDNESS["readers with full colour vision"] if eyes is None else eyes
    a, b = (_oklab(np.clip(seen @ _linear(colour), 0, 1)) for colour in (one, other))
    return float(np.linalg.norm(a - b))


def _alike(
    own: Mapping[str, str], styles: Mapping[str, GroupStyle], names: Mapping[str, str]
) -> Iterator[str]:
    for one, other in itertools.combinations(styles, 2):
        if one not in own and other not in own:
            continue
        for who, eyes in _BLINDNESS.items():
            if distance(styles[one].light, styles[other].light, eyes) < _LEAST_APART:
                yield (
                    f"{names.get(one, one)} ({styles[one].light}) and {names.get(other, other)} "
                    f"({styles[other].light}) look alike to {who}; choose colours that are "
                    "further apart in lightness"
                )


def _linear(colour: str) -> NDArray[np.float64]:
    """Linear RGB from 0 to 1 (IEC 61966-2-1)."""
    encoded = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    is_dark = encoded <= 0.04045  # noqa: PLR2004 - sRGB
    linear: NDArray[np.float64] = np.where(
        is_dark, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4
    )
    return linear


def _encoded(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    is_dark = linear <= 0.0031308  # noqa: PLR2004 - sRGB
    encoded: NDArray[np.float64] = np.where(
        is_dark, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055
    )
    return encoded


def _oklab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    lab: NDArray[np.float64] = _TO_OKLAB @ np.cbrt(_TO_CONES @ linear)
    return lab
