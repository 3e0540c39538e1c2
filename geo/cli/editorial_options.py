"""What the editor of a figure adds to it, as options of the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from geo.cli.option_words import must
from geo.cli.snapshot_options import FigureOptions
from geo.snapshot.content.editorial.editorial_file import read_editorial, read_logo
from geo.snapshot.content.recipe import Recipe

_PANEL: Final = "Editor’s additions"


def _option(*names: str, says: str, metavar: str) -> Any:
    return typer.Option(
        *names, help=says, metavar=metavar, rich_help_panel=_PANEL, show_default=False
    )


@dataclass(frozen=True, kw_only=True)
class EditorialOptions:
    """A file with all of it, and the most frequent parts by themselves."""

    editorial_file: Annotated[
        Path | None,
        _option(
            "--editorial",
            metavar="E.yaml",
            says="All of the below, and marks on the map, names, wording of the legend, colours.",
        ),
    ] = None
    subtitle: Annotated[
        str | None, _option("--subtitle", metavar="TEXT", says="Printed below the title.")
    ] = None
    source_line: Annotated[
        str | None, _option("--source-line", metavar="TEXT", says="Printed with the credits.")
    ] = None
    marking: Annotated[
        str | None,
        _option(
            "--marking", metavar="TEXT",
            says="Classification and handling, such as TLP:AMBER; above and below every page.",
        ),
    ] = None  # fmt: skip
    logo: Annotated[
        Path | None, _option("--logo", metavar="L.png", says="A PNG or JPEG beside the title.")
    ] = None

    def edited(self, recipe: Recipe) -> Recipe:
        """Return the recipe with what is given here.

        Raises
        ------
        GeoError
            A file or a text cannot be used; the message says why.
        """
        kept = recipe.editorial
        if self.editorial_file is not None:
            kept = read_editorial(self.editorial_file)
        given = {"subtitle": self.subtitle, "source": self.source_line, "marking": self.marking}
        texts: dict[str, Any] = {name: text for name, text in given.items() if text is not None}
        if self.logo is not None:
            texts["logo"] = read_logo(self.logo)
        return replace(recipe, editorial=replace(kept, **texts))

    def check(self, forms: tuple[str, ...]) -> None:
        """Refuse additions to a figure that nobody would see.

        Raises
        ------
        OptionError
            Only the interactive map is written.
        """
        for name, value in (
            ("editorial", self.editorial_file), ("subtitle", self.subtitle),
            ("source-line", self.source_line), ("marking", self.marking), ("logo", self.logo),
        ):  # fmt: skip
            must(
                name,
                value is None or set(forms) != {"html"},
                "the interactive map does not have it; write a figure, such as --format pdf",
            )


@dataclass(frozen=True, kw_only=True)
class EditedAppearance(FigureOptions, EditorialOptions):
    """Size, colours, texts and events of a figure, and what its editor adds."""

    def on(self, recipe: Recipe) -> Recipe:
        """Return the recipe with its values replaced by those given here.

        Raises
        ------
        GeoError
            Naming the option or the file at fault.
        """
        return self.edited(FigureOptions.on(self, recipe))
