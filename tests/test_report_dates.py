"""The dates of a report: stated, counted from its day of publication, or a question."""

from __future__ import annotations

from datetime import date

import pytest

from geo.reports.date_mentions import UNKNOWN_DAY, date_mentions
from geo.reports.datelines import published_in
from geo.reports.mentions import DateMention

TUESDAY = date(2022, 5, 24)


def dates(text: str, published: date | None = TUESDAY) -> list[tuple[str, str]]:
    found = []
    for mention in date_mentions(text, published):
        assert isinstance(mention.value, DateMention)
        found.append((mention.text, mention.value.edtf))
    return found


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("yesterday", "2022-05-23"), ("last night", "2022-05-23"),
        ("overnight", "2022-05-23/2022-05-24"), ("two nights ago", "2022-05-22"),
        ("Monday", "2022-05-23"), ("Tuesday", "2022-05-24"), ("last Tuesday", "2022-05-17"),
        ("Friday night", "2022-05-20"), ("the day before yesterday", "2022-05-22"),
        ("three days ago", "2022-05-21"), ("two weeks ago", "2022-05-10~"),
        ("in the past ten days", "2022-05-14/2022-05-24"),
        ("from 1 to 8 Sawr", "2022-04-21/2022-04-28"), ("Sawr 1-8", "2022-04-21/2022-04-28"),
        ("1-8 Sawr 1401", "2022-04-21/2022-04-28"), ("on the 14th day of May", "2022-05-14"),
        ("from Sun 8 to Sat 14 May", "2022-05-08/2022-05-14"),
        ("in the week of 9-15 May", "2022-05-09/2022-05-15"), ("on 14MAY22", "2022-05-14"),
        ("(Fri)", "2022-05-20"), ("MAY 14:", "2022-05-14"), ("14/May/2022", "2022-05-14"),
        ("over the last 24 hours", "2022-05-23/2022-05-24"),
        ("last week", "2022-05-16/2022-05-22"), ("last month", "2022-04"),
        ("earlier this month", "2022-05"), ("last year", "2021"), ("this year", "2022"),
        ("late April", "2022-04-21/2022-04-30"), ("late last month", "2022-04-21/2022-04-30"),
        ("between 3 and 5 May", "2022-05-03/2022-05-05"), ("late April 2022",
         "2022-04-21/2022-04-30"), ("since March", "2022-03/.."), ("28 Dec", "2021-12-28"),
        ("Sept. 20, 2012", "2012-09-20"), ("5 Sawr 1401", "2022-04-25"),
        ("1401-02-05", "2022-04-25"), ("March 21, 2023 to March 18, 2024",
         "2023-03-21/2024-03-18"), ("from March to June 2021", "2021-03/2021-06"),
        ("the 1990s", "199X"), ("summer of 2021", "2021-26"), ("24/05/2022", "2022-05-24"),
        ("3 October last year", "2021-10-03"), ("September last year", "2021-09"),
        ("Thursday to Friday", "2022-05-19/2022-05-20"), ("Sat 14", "2022-05-14"),
        ("the September 11 attacks", "2001-09-11"),
        ("on the twentieth of May", "2022-05-20"), ("on May the 20th", "2022-05-20"),
        ("on 20.05.2022", "2022-05-20"), ("on 20-May-22", "2022-05-20"),
        ("on 20/5", "2022-05-20"), ("on 20/21 May", "2022-05-20/2022-05-21"),
        ("on May 20 or 21", "2022-05-20/2022-05-21"), ("on 25 Hamal", "2022-04-14"),
        ("around 5 May", "2022-05-05~"), ("on the last day of April", "2022-04-30"),
        ("on the 3rd of last month", "2022-04-03"), ("the first Friday of May", "2022-05-06"),
        ("on Monday last week", "2022-05-16"), ("the Monday before last", "2022-05-16"),
        ("either Friday or Saturday", "2022-05-20/2022-05-21"),
        ("Friday night or in the first hours of Saturday", "2022-05-20/2022-05-21"),
        ("overnight on Sunday", "2022-05-22"), ("a fortnight ago", "2022-05-10~"),
        ("in the past forty-eight hours", "2022-05-22/2022-05-24"),
        ("the night before last", "2022-05-22"), ("the week before last",
         "2022-05-09/2022-05-15"), ("the year before last", "2020"),
        ("from May 20 through May 22", "2022-05-20/2022-05-22"),
        ("between late March and early April", "2022-03-21/2022-04-10"),
        ("in March or April", "2022-03/2022-04"), ("in the first quarter", "2022-33"),
        ("in the first six months of 2021", "2021-01/2021-06"), ("since the spring", "2022-21/.."),
        ("since the beginning of the year", "2022-01/.."), ("New Year's Eve", "2021-12-31"),
        ("the week of 2 May", "2022-05-02/2022-05-08"), ("after Friday's vote", "2022-05-20"),
    ],
)  # fmt: skip
def test_a_date_in_words_is_read(words, edtf):
    (found,) = dates(f"Two men died {words} near a bridge.")
    assert found[1] == edtf
    assert found[0] in words


@pytest.mark.parametrize(
    "text",
    [
        "They may march on; the Sun sat in the sky, and Day came to May.",
        "In 2014 villages and 2015 soldiers, 12 of 30 men, at 10:30, 1,999 rounds, $2012.",
        "PD 11 of Kabul city, grid 1234-5678, call 24/7, half 1/2.",
        "They met after Friday prayers, and more than 2010 men came.",
        "The 201st Corps, the second man, Camp 2010-11 and 3rd Brigade.",
    ],
)
def test_words_and_numbers_that_are_no_dates_are_no_mention(text):
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("on 06/05/2022", ["2022-05-06", "2022-06-05"]),
        ("by Friday", ["../2022-05-20", "../2022-05-27"]),
        ("It was due to open on Friday", ["2022-05-20", "2022-05-27"]),
        ("on 2 June", ["2021-06-02", "2022-06-02"]),
        ("over the weekend", ["2022-05-21/2022-05-22", "2022-05-20/2022-05-21"]),
    ],
)
def test_what_can_be_two_days_is_a_question(text, candidates):
    (mention,) = date_mentions(text, TUESDAY)
    assert mention.value.edtf == ""
    assert mention.value.question
    assert [one.edtf for one in mention.value.candidates] == candidates


def test_without_a_day_of_publication_what_depends_on_it_is_a_question():
    values = [one.value for one in date_mentions("Yesterday, on Monday and on 5 May 2021.")]
    assert [one.question for one in values[:2]] == [UNKNOWN_DAY, UNKNOWN_DAY]
    assert (values[2].edtf, values[2].basis) == ("2021-05-05", "stated")


def test_the_basis_says_whether_the_words_state_the_date():
    bases = [one.value.basis for one in date_mentions("On 5 May 2021, 5 May and Monday.", TUESDAY)]
    assert bases == ["stated", "publication", "publication"]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("that evening", "2022-05-05"), ("the following night", "2022-05-06"),
        ("the day before", "2022-05-04"), ("two nights earlier", "2022-05-03"),
        ("twelve days later", "2022-05-17"), ("a fortnight later", "2022-05-19"),
        ("a month later", "2022-06~"), ("the same week", "2022-05-02/2022-05-08"),
        ("the year before", "2021"), ("later that month", "2022-05"),
        ("the following Sunday", "2022-05-08"), ("the Sunday before", "2022-05-01"),
        ("the day before that", "2022-05-04"),
        ("that Sunday", "2022-05-08"), ("the same period of 2019", ""),
    ],
)  # fmt: skip
def test_a_date_is_counted_from_the_one_before_it(words, edtf):
    assert dates(f"On 5 May two died. One died {words}.")[1:] == [(words, edtf)]


def test_the_same_period_is_that_of_another_year():
    assert dates("From April to June two died, one less than in the same period of 2019.") == [
        ("From April to June", "2021-04/2021-06"),
        ("the same period of 2019", "2019-04-01/2019-06-30"),
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It will be opened on Friday", "2022-05-27"),
        ("It would be complete by 31 August", "../2022-08-31"),
        ("It will be recalled that he fell on Friday", "2022-05-20"),
    ],
)
def test_what_is_still_to_come_is_told_by_the_verb_of_its_clause(text, edtf):
    assert [date for _, date in dates(text)] == [edtf]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3/5 two died. 14/05 one died.", ["2022-05-14"]),
        ("On 03/05 two died. 14/05 one died.", ["2022-05-03", "2022-05-14"]),
        ("On 03/04 two died.", [""]),
        ("14 Rajab 1443 / 15 February 2022", ["2022-02-15", "2022-02-15"]),
        ("The same evening, 8 May, he came.", ["2022-05-08", "2022-05-08"]),
        (
            "Window: 8 to 14 May. Ten against five the week before.",
            ["2022-05-08/2022-05-14", "2022-05-01/2022-05-07"],
        ),
        (
            "1 to 31 March 2022. On 5 March two died; in the same period a year earlier, four.",
            ["2022-03-01/2022-03-31", "2022-03-05", "2021-03-01/2021-03-31"],
        ),
    ],
)
def test_other_dates_of_a_text_settle_what_one_leaves_open(text, found):
    assert [date for _, date in dates(text)] == found


def test_the_next_day_follows_the_day_before_it_in_the_text():
    assert dates("On 5 May two died. The next day one died; the previous month none.") == [
        ("5 May", "2022-05-05"), ("The next day", "2022-05-06"), ("the previous month", "2022-04"),
    ]  # fmt: skip
    assert dates("The next day one died.") == [("The next day", "")]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("KABUL, Afghanistan (Sept. 20, 2012) \u2013 A force", date(2012, 9, 20)),
        ("WASHINGTON, Oct. 22, 2010 \u2013 NATO", date(2010, 10, 22)),
        ("May 24, 2022\nA rebel group", date(2022, 5, 24)),
        ("Morning Operational Update, March 8, 2011\nA force", date(2011, 3, 8)),
        (
            "2012-06-S-042\nFor Immediate Release\n\nKABUL, Afghanistan (June 23)\nA",
            date(2012, 6, 23),
        ),
        (
            "A title\u20282010-10-CA-127\u2028\u2028KABUL, Afghanistan (Oct. 3) - A",
            date(2010, 10, 3),
        ),
        ("Published: 24 May 2022\nA rebel group", date(2022, 5, 24)),
        ("Kabul, 15 Mar (Reuters) - Two", None),
        ("KABUL, Afghanistan (Feb. 23) \u2013 A force", None),
        ("05/06/2012\nTwo men", None),
        ("Two men died on 5 May 2021 in a village.", None),
        ("Press Office\n14 June 2012 | Kunduz\n\nTwo died.", date(2012, 6, 14)),
        ("News\n24 Rajab 1433 / Thursday June 14, 2012\n\nTwo died.", date(2012, 6, 14)),
        ("Sent: Thu 14/06/2012 16:52\nRe: leave\n\nTwo died.", date(2012, 6, 14)),
        ("Written on 25 Jawza 1391\n\nTwo died.", date(2012, 6, 14)),
        ("Summary of the sitting of 14 June 2012\n\nTwo died.", date(2012, 6, 14)),
        ("Two died on Monday.\n\nOffice of the Governor, 14 June 2012, 11 a.m.", date(2012, 6, 14)),
        ("Battle of 2 May 2012: an inquiry\n\nTwo died yesterday.", None),
        ("What happened in Kunduz on 2 May 2012?\n\nTwo died.", None),
        ("2 May 2012. Two died.\n3 May 2012. One died.", None),
    ],
)
def test_the_day_of_publication_is_read_or_left_open(text, published):
    assert published_in(text) == published


def test_the_date_of_a_dateline_or_a_title_is_marked():
    text = (
        "Operational Update, March 8, 2011\n\nKABUL, Afghanistan (March 8, 2011) - "
        "Two men died yesterday."
    )
    flags = [one.value.in_dateline for one in date_mentions(text, published_in(text))]
    assert flags == [True, True, False]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("041530DMAY22", "2022-05-04"), ("04 1530Z May 2022", "2022-05-04"),
        ("20220504", "2022-05-04"), ("4-May", "2022-05-04"), ("14/2/1401", "2022-05-04"),
        ("at 3, 4 and 5 May", "2022-05-03/2022-05-05"), ("3 & 4 May", "2022-05-03/2022-05-04"),
        ("between the 3rd and the 5th of May", "2022-05-03/2022-05-05"),
        ("yday", "2022-05-23"), ("last 24h", "2022-05-23/2022-05-24"), ("Weds", "2022-05-18"),
        ("in the past 48 hrs", "2022-05-22/2022-05-24"),
        ("shortly after midnight on the 4th", "2022-05-04"),
        ("in the small hours of the 4th", "2022-05-04"),
        ("on the night of 30 April/1 May", "2022-04-30/2022-05-01"),
    ],
)  # fmt: skip
def test_dates_of_logs_and_posts_are_read(words, edtf):
    (found,) = dates(f"Two men died {words} near a bridge.")
    assert found[1] == edtf


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Tuesday last", "2022-05-17"), ("a week ago today", "2022-05-17"),
        ("two weeks ago on Monday", "2022-05-09"), ("a year ago today", "2021-05-24"),
        ("on Friday two weeks ago", "2022-05-06"), ("yest.", "2022-05-23"),
        ("during the month of April 2022", "2022-04"),
        ("overnight into Monday", "2022-05-22/2022-05-23"),
        ("overnight Sunday to Monday", "2022-05-22/2022-05-23"),
        ("at the beginning of this week", "2022-05-23"),
        ("of the past week", "2022-05-17/2022-05-24"),
    ],
)  # fmt: skip
def test_a_day_that_is_named_with_its_week_is_that_day_alone(words, edtf):
    (found,) = dates(f"Two men died {words} near a bridge.")
    assert found[1] == edtf


@pytest.mark.parametrize(
    "words", ["on the second day of Eid", "on Independence Day", "on polling day", "after Nowruz"]
)
def test_a_day_whose_date_the_words_do_not_tell_is_a_question(words):
    (mention,) = date_mentions(f"Two men died {words} near a bridge.", TUESDAY)
    assert not mention.value.edtf
    assert mention.value.question


def test_that_evening_is_of_the_day_since_when_something_is():
    assert dates("Closed since Thursday. The guard left that evening; until March he had two.")[
        1
    ] == ("that evening", "2022-05-19")
    assert dates("Until March he had two men. In that month one left.")[1][1] == "2022-03"


def test_without_a_day_of_publication_a_date_is_near_the_one_named_before_it():
    found = dates("18 Aqrab 1404: two died. 20 to 22 Aqrab: four died.", None)
    assert found[1] == ("20 to 22 Aqrab", "2025-11-11/2025-11-13")
    assert dates("On 5 May 2022 two died. On 7 October one died.", None)[1:] == []


def test_what_is_counted_from_a_day_is_not_counted_from_an_open_end():
    text = "On 5 May they came back, for the first time since 1 May. The next day two died."
    assert dates(text)[-1] == ("The next day", "2022-05-06")
    assert dates("On 5 May two died. Three days after that, one died.")[-1][1] == "2022-05-08"
    text = "On 5 May 2021 two died. The end came in June; he left on the 12th."
    assert dates(text, None)[-1] == ("on the 12th", "")


def test_a_day_of_the_week_is_in_the_week_that_the_head_of_a_text_names():
    text = "Security digest no. 37, covering 8 to 14 May\n\nTwo died on Sunday, one on Friday."
    assert [date for _, date in dates(text, date(2022, 5, 15))[1:]] == ["2022-05-08", "2022-05-13"]


def test_the_name_of_a_day_beside_its_date_is_that_day():
    assert [date for _, date in dates("It was 4 May, a Wednesday.")] == ["2022-05-04", "2022-05-04"]


def test_a_head_with_two_calendars_gives_the_day_of_publication():
    text = "Voice - News of 3 Ramadan 1432, Wednesday 3 August 2011\n\nTwo died yesterday."
    assert published_in(text) == date(2011, 8, 3)
    text = "Voice - Report of Wednesday, 3 August 2011 (3 Ramadan 1432)\n\nTwo died yesterday."
    assert published_in(text) == date(2011, 8, 3)


def test_a_day_after_a_deed_is_counted_back_from_a_date_of_its_sentence_only():
    assert dates("Closed on Monday, a day after gunmen came.")[-1] == ("a day after", "2022-05-22")
    text = "On 5 May he was taken. Two days after gunmen let him go, he died."
    assert dates(text)[-1] == ("Two days after", "")


def test_a_date_in_numbers_shows_the_order_of_the_others():
    text = "On 05/11/2022 two died near a well. On 05/19/2022 one died."
    assert dates(text) == [("05/11/2022", "2022-05-11"), ("05/19/2022", "2022-05-19")]
    text = "On 05/11/2021 two died near a well. At 3.15 one died."
    assert dates(text) == [("05/11/2021", "")]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They left on the 9th of the current month.", "2022-05-09"),
        ("They left on the 21st inst.", "2022-05-21"),
        ("They came on Monday 9 May. That Saturday a bomb fell.", "2022-05-14"),
        ("He was shot on Sunday. That Friday he had prayed.", ""),
        ("They came on Monday 23 May. That Friday a bomb fell.", ""),
        ("Two died last night. Two days before, nine died.", "2022-05-22"),
        ("Two died last night. The night before, nine died.", "2022-05-22"),
    ],
)
def test_a_day_is_counted_from_the_one_told_of(text, edtf):
    assert dates(text)[-1][1] == edtf
