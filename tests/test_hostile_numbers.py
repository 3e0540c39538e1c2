"""Very many of anything: places, groups, problems, places of one name; bounded, and said."""

from __future__ import annotations

import random
from typing import Any

import pytest
from dossiers import GROUPS, SOURCE, incident, messages, read, workspace

from geo import limits
from geo.app.problems import listed_problems
from geo.errors import LONGEST_MESSAGE, Problem
from geo.places.country import Country
from geo.places.gazetteer import questions
from geo.places.gazetteer.places import Place


def groups(count: int) -> dict[str, Any]:
    return GROUPS | {
        f"g{at}": {"name": f"Group {at}", "short": f"G{at}", "letter": chr(0x4E00 + at)}
        for at in range(count - len(GROUPS))
    }


def test_20000_places_of_one_record_are_one_problem(country: Country) -> None:
    many = incident(where=[{"place": f"Nowhere {at}"} for at in range(20_000)])
    (said,) = messages(workspace(country, many))
    assert said.endswith("where has 20,000 entries; at most 1,000 are read: split the record")


def test_the_places_of_a_record_share_its_search_text(country: Country) -> None:
    places = [{"place": f"Nowhere {at}"} for at in range(limits.MAX_PLACES)]
    column = workspace(country, incident(where=places)).located.table["search"]
    assert len({id(text) for text in column}) == 1


def test_too_many_groups_are_one_problem_with_all_that_follows() -> None:
    most = limits.MAX_GROUPS
    assert read(incident(), groups=groups(most)).problems == ()
    found = read(incident(), groups=groups(most + 1))
    assert found.dossier.groups == {}
    assert [one for one in messages(found) if "groups has 501 entries" in one] == messages(found)
    assert "2 references to it cannot be followed" in messages(found)[0]


@pytest.mark.parametrize("name", ["message", "record"])
def test_a_problem_repeats_a_part_of_a_very_long_text(name: str) -> None:
    said = str(Problem(**{"message": "x", name: "y" * 100_000}))
    assert LONGEST_MESSAGE < len(said) < LONGEST_MESSAGE + 10


def test_no_page_lists_200000_problems() -> None:
    faulty = read(sources={f"Not a key {at} {'x' * 900}": SOURCE for at in range(300)})
    assert len(faulty.problems) == 300
    page = listed_problems(faulty.problems * 700)
    assert page.count("\n") == limits.MAX_PROBLEMS
    assert page.endswith("and 209,950 problems more")
    assert len(page) < limits.MAX_PROBLEMS * (LONGEST_MESSAGE + 100)


def slowly(places: list[Place]) -> tuple[list[Place], str]:
    """The same by its definition: each place beside each other one."""

    def is_seat_in(town: Place, area: Place) -> bool:
        return area.kind == "district" and bool(town.capital) and town.district == area.id

    left = [place for place in places if not any(is_seat_in(other, place) for other in places)]
    why = "the town is meant rather than the district around it" if len(left) < len(places) else ""
    widest = [
        place for place in left if not any(questions.contains(other, place) for other in left)
    ]
    if len(widest) < len(left):
        why = "it contains the other places of that name, so this is not false"
    return widest, why


def some_places(rng: random.Random) -> list[Place]:
    places = []
    for at in range(rng.randint(1, 8)):
        kind = rng.choice(["province", "district", "settlement", "site"])
        capital = rng.choice([None, None, "province"]) if kind == "settlement" else None
        province, district = rng.choice("AB"), rng.choice(["d1", "d2", "d3"])
        places.append(
            Place(
                id={"province": province, "district": district}.get(kind, f"s{at}"),
                kind=kind,  # type: ignore[arg-type]  # one of its words
                name=rng.choice(["Qala", "Bagh"]),
                provinces=(province,),
                district=district if kind in {"settlement", "site"} else None,
                capital=capital,  # type: ignore[arg-type]  # one of its words
            )
        )
    return list({place.id: place for place in places}.values())


def test_the_most_cautious_place_is_that_of_the_definition() -> None:
    rng = random.Random(19)  # noqa: S311 - no secret
    for _ in range(3_000):
        places = some_places(rng)
        assert questions.most_cautious(places) == slowly(places), places


def test_thousands_of_places_of_one_name_are_not_held_against_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(questions, "contains", lambda *pair: bool(asked.append(pair)))
    places = [Place(f"s{at}", "settlement", "Qala", provinces=("A",)) for at in range(5_000)]
    kept, _ = questions.most_cautious([*places, Place("A", "province", "Qala")])
    assert (len(kept), len(asked)) == (5_001, 5_000)
