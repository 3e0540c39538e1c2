"""The same values in many layouts of YAML: quotes, brackets, indents, and comments everywhere."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from geo.dossier.yaml_rendering import in_flow

Path = tuple[str | int, ...]
_ODD = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")


@dataclass
class Laid:
    """A text, and each comment in it with the path of the value that it stands at."""

    rng: random.Random
    comments: list[tuple[Path, str]] = field(default_factory=list)
    text: str = ""

    def said(self, path: Path) -> str:
        comment = f"# c{len(self.comments)} {self.rng.choice(['why', 'ی: [x', 'a: - b'])}"
        self.comments.append((path, comment))
        return comment

    def above(self, path: Path, column: int) -> Iterator[str]:
        if self.rng.random() < 0.2:
            yield ""
        if self.rng.random() < 0.3:
            yield " " * column + self.said(path)

    def behind(self, path: Path) -> str:
        return f"  {self.said(path)}" if self.rng.random() < 0.3 else ""

    def scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        plain = in_flow(value)
        ways = [plain, json.dumps(value, ensure_ascii=bool(_ODD.search(value)))]
        if not _ODD.search(value):
            ways.append("'" + value.replace("'", "''") + "'")
        return self.rng.choice(ways)

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {self.flow(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value)

    def value(self, value: Any, path: Path, column: int) -> tuple[str, list[str]]:
        """What stands behind the colon, and the lines below."""
        words = value.split(" ") if isinstance(value, str) else []
        if (
            isinstance(value, str)
            and re.fullmatch(r"\w+( \w+)+", value)
            and self.rng.random() < 0.4
        ):
            half = len(words) // 2
            lines = [" ".join(words[:half]), " ".join(words[half:])]
            return f" >-{self.behind(path)}", [" " * (column + 2) + one for one in lines if one]
        if not isinstance(value, dict | list) or (len(path) > 2 and self.rng.random() < 0.2):
            return f" {self.flow(value)}{self.behind(path)}", []
        head = self.behind(path)
        if isinstance(value, dict):
            return head, list(self.mapping(value, path, column + self.rng.choice([1, 2, 4])))
        return head, list(self.sequence(value, path, column + self.rng.choice([0, 2])))

    def mapping(self, value: dict[str, Any], path: Path, column: int) -> Iterator[str]:
        for key, one in value.items():
            yield from self.above(path, column)
            head, below = self.value(one, (*path, key), column)
            yield f"{' ' * column}{key}:{head}"
            yield from below

    def sequence(self, value: list[Any], path: Path, column: int) -> Iterator[str]:
        for at, one in enumerate(value):
            here = (*path, at)
            yield from self.above(path, column)
            if isinstance(one, dict):
                first, *rest = [
                    line for line in self.mapping(one, here, column + 2) if line.strip()
                ]
                while first.lstrip().startswith("#"):
                    yield first[2:]
                    first, *rest = rest
                yield f"{' ' * column}- {first[column + 2 :]}"
                yield from rest
            else:
                yield f"{' ' * column}- {self.scalar(one)}{self.behind(here)}"


def laid_out(value: dict[str, Any], rng: random.Random) -> Laid:
    """Lay a value out at random."""
    laid = Laid(rng)
    laid.text = "\n".join(laid.mapping(value, (), 0)) + rng.choice(["\n", "", "\n\n"])
    return laid
