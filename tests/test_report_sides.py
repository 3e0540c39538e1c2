"""Which group acts and which is acted upon, by the words around its name."""

from __future__ import annotations

from datetime import date

import pytest
from short_texts import records_of


def sides(text: str) -> tuple[set[str], set[str]]:
    records = records_of(text, date(2024, 5, 20))
    return (
        {each.group.key for one in records for each in one.groups},
        {each.group.key for one in records for each in one.against} - {"civilians"},
    )


ACTS = {
    "Two residents died in clashes with the Taliban in Herat on Sunday.": "taliban",
    "Three soldiers died when the Taliban attacked a base in Paktia on Sunday.": "taliban",
    "Two protesters died in Takhar on Sunday as Taliban guards opened fire.": "taliban",
    "Three guards were killed in a clash with the Taliban in Jowzjan on Sunday.": "taliban",
    "An attack blamed on the Taliban killed six villagers in Kunar on Sunday.": "taliban",
    "An attack attributed to ISIS-K killed six villagers in Kunar on Sunday.": "isis-k",
    "Two boys died in the custody of the Taliban in Takhar on Sunday.": "taliban",
    "A rocket fired from a Taliban position killed two boys in Takhar on Sunday.": "taliban",
    "Men of the Taliban fell on a village in Takhar on Sunday and killed two boys.": "taliban",
}

ACTED_UPON = {
    "Taliban killed in Takhar ambush on Sunday.": "taliban",
    "Youths threw grenades into a post of the so-called intelligence of the Taliban in Kabul "
    "on Sunday.": "taliban",
    "They planted a bomb on the road taken by a vehicle of the Taliban in Kunar on Sunday; it went "
    "off.": "taliban",
    "Two outposts of the Taliban in Panjshir fell on Sunday.": "taliban",
    "The Taliban said two of their men were killed in Kabul on Sunday.": "taliban",
    "The NRF said that five of its fighters had died in Panjshir on Sunday.": "nrf",
    "Taliban vehicle attacked in Kabul on Sunday, three killed.": "taliban",
    "The ambush of a NATO convoy in Wardak on Sunday killed three soldiers.": "nato",
    "Police killed three men in a clash with the Taliban in Jowzjan on Sunday.": "taliban",
    "Police raided a jail of the Taliban in Herat on Sunday and freed nine men.": "taliban",
}  # fmt: skip


@pytest.mark.parametrize("text", ACTS)
def test_a_group_acts_by_the_words_around_its_name(text):
    assert sides(text) == ({ACTS[text]}, set())


@pytest.mark.parametrize("text", ACTED_UPON)
def test_a_group_is_acted_upon_by_the_words_around_its_name(text):
    assert sides(text) == (set(), {ACTED_UPON[text]})


def test_a_group_after_a_verb_is_its_object_whoever_helps():
    text = "Taliban forces backed by helicopters attacked NRF positions in Panjshir on Sunday."
    assert sides(text) == ({"taliban"}, {"nrf"})


def test_who_once_was_of_a_group_is_not_that_group():
    assert sides("A former Taliban commander was shot in Takhar on Sunday.") == (set(), set())


def test_who_is_held_by_a_group_is_not_that_group():
    text = "A detainee of the Taliban was shot in Takhar on Sunday."
    assert "taliban" not in sides(text)[1]
