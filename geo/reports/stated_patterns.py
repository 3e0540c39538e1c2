"""How English writes days with their month, months, years and parts of a year: patterns.

Every pattern is linear in the length of the text: no part of it repeats what another may also take.
"""

from __future__ import annotations

from geo.reports.date_pieces import (
    DAY_DIGITS,
    FROM,
    HOURS,
    SEASON_NAMES,
    UP_TO,
    UP_TO_OR_AND,
    YEAR,
    PatternRows,
    any_of,
    date_lists,
    day_of_month,
    either_case,
    hijri_months,
    latin_names,
    month_names,
    number_pattern,
    one_day,
    open_end,
    weekday_names,
    with_capital,
)
from geo.written.date_words import GREGORIAN


def stated_patterns() -> PatternRows:
    """Days with their month, months, years and parts of a year."""
    yield from _stated_rows()
    yield from _month_rows()
    yield from _year_rows()


def _stated_rows() -> PatternRows:
    """Days with their month, and dates in numbers."""
    months, day, opening = month_names(), day_of_month(), open_end()
    of_year = rf"(?:\.?,?\s{{1,2}}(?:of\s)?{YEAR})?"
    on = rf"(?:\b{weekday_names(may_be_small=False)},?\s(?:the\s)?)?"
    overnight = r"(?:\b[Oo]vernight\s(?:on\s|of\s)?)?"
    week = r"(?:\b(?:[Tt]he\s)?[Ww]eek\s(?:of|beginning|starting|commencing|ending)\s(?:on\s)?)?"
    more = rf"(?:,\s{DAY_DIGITS}){{0,6}},?"
    several = rf"(?:(?:{more})(?:\s?[/&]\s?|{UP_TO_OR_AND})(?:the\s)?{DAY_DIGITS})?"
    month_day = rf"{months}\s{{1,2}}{day}{several}{of_year}"
    day_month = rf"{day}(?:\sday)?{several}\s(?:of\s)?{months}{of_year}"
    first, second = (one_day().replace("{n}", number) for number in "12")
    yield "", rf"{FROM}{first},?{UP_TO_OR_AND}{HOURS}{second}"
    yield "", rf"\b{first}{UP_TO}{HOURS}{second}"
    yield "", rf"{opening}\b{first}"
    yield "", rf"(?:{FROM})?{months}{UP_TO_OR_AND}{months},?\s(?:of\s)?{YEAR}"
    ends = rf"{UP_TO_OR_AND}(?:the\s)?{DAY_DIGITS}"
    yield "", rf"(?:{FROM})?{day}{ends}\s(?:of\s)?{months}{of_year}"
    named = f"{weekday_names(may_be_small=False)},?"
    ends = rf"{named}\s{day}{UP_TO_OR_AND}{named}"
    yield "", rf"(?:{FROM})?{ends}\s{day}\s(?:of\s)?{months}{of_year}"
    yield "", rf"{week}{opening}{overnight}{on}\b(?:{month_day}|{day_month})"
    yield "", r"(?<![\d/-])1[34]\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?![\d/-])"
    yield (
        "",
        rf"{opening}\b(?:19|20)\d\d(?P<sep>[-/.])(?:0[1-9]|1[0-2])(?P=sep)(?:[0-2]\d|3[01])(?![\d-])",
    )
    english = "(?i:" + any_of(latin_names(GREGORIAN)) + ")"
    yield "", rf"\b[0-3]?\d(?P<sep>[-/]){english}(?P=sep)(?:(?:19|20)\d\d|\d\d)(?![\d-])"
    yield "", rf"\b[0-3]?\d{english}(?:20)?\d\d\b"
    clock = r"\s?(?:[01]\d|2[0-3])[0-5]\d\s?(?:[A-Z]|hrs)?\s?"
    yield "", rf"\b(?:0[1-9]|[12]\d|3[01]){clock}{english}\s?(?:20)?\d\d\b"
    yield "", r"(?<![\w/.-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w/.-])"
    yield "", rf"(?<![\w/.-])[0-3]?\d-{with_capital(latin_names(GREGORIAN))}(?![\w/-])"
    yield "", r"(?<![\d/-])[0-3]?\d[/-][0-3]?\d[/-]1[34]\d\d(?![\d/-])"
    yield "", rf"{opening}\b[01]?\d/[0-3]\d/(?:19|20)\d\d(?!\d)"
    any_day = weekday_names(may_be_small=False)
    yield "", rf"\b{any_day},?\s(?:[0-2]?\d|3[01])/[01]?\d(?![\w/.-])"
    yield "", rf"\b{any_day},? (?:the )?{day}(?!\s?{months})(?![/.-])"
    yield "", r"(?<![\w/.-])(?:[0-2]\d|3[01])/(?:0[1-9]|1[0-2])(?![\w/-])(?!\.\d)"
    yield "", r"\b[Oo]n\s(?P<of>(?:[0-2]?\d|3[01])/(?:0?[1-9]|1[0-2]))(?![\w/-])(?!\.\d)"
    night = r"\b(?:[Oo]n\s|[Tt]he\s)?[Nn]ight\s(?:of|to|between)\s(?:the\s)?"
    yield "", rf"{night}{day}(?:/|-|\s(?:to|and)\s){day}\s{months}{of_year}"
    yield "", rf"\b{day}\s(?:of\s)?{with_capital(date_lists()['lunar'])},?\s1[34]\d\d(?!\d)"
    yield from _hijri_rows()


def _hijri_rows() -> PatternRows:
    """Several days of a month of the Solar Hijri calendar: "1 to 8 Asad", "Sawr 25-30"."""
    hijri, day = hijri_months(), day_of_month()
    of_year = r"(?:,?\s(?:of\s)?1[34]\d\d(?!\d))?"
    several = rf"{UP_TO_OR_AND}{DAY_DIGITS}"
    yield "", rf"(?:{FROM})?{day}{several}\s(?:of\s)?{hijri}{of_year}"
    yield "", rf"(?:{FROM})?{hijri}\s{day}{several}{of_year}"


def _month_rows() -> PatternRows:
    """Months without a day, with or without a year."""
    months, opening, hijri = month_names(), open_end(), hijri_months()
    part = rf"(?:\b{either_case(date_lists()['parts'])}(?:\s|-))"
    yield "", rf"{opening}{part}?\b{months},?\s(?:of\s)?{YEAR}"
    yield "", rf"{opening}{part}{months}(?!\w)"
    yield "", rf"{opening}{part}?\b{hijri},?\s1[34]\d\d(?!\d)"
    yield "", rf"\b(?:[Ii]n|[Dd]uring|[Mm]onth\sof)\s(?P<of>{hijri})(?![\w-])(?!,?\s\d)"
    alone = r"(?![\w-])(?!\s\d)(?!,?\s(?:of\s)?(?:19|20)\d\d)"
    front = either_case(date_lists()["in_front"])
    yield "month", rf"\b{front}\s(?P<of>(?P<w1>{months})){alone}"
    whole = with_capital(
        one for one in latin_names(GREGORIAN) if len(one) > len("sept") or one == "july"
    )
    yield "bare_month", rf"\b(?P<w1>{whole}){alone}(?!\s[A-Z])"
    since = r"(?:\b(?P<opening>[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Bb]y)\s)"
    yield "month", rf"{since}(?P<w1>{months}){alone}"
    yield "month", rf"{since}?\b(?P<w2>[Ll]ast|[Tt]his)\s(?P<w1>{months})(?![\w-])(?!\s\d)"
    yield (
        "month",
        rf"{since}?\b(?P<w1>{months})(?P<w2>)\s(?:of\s)?(?P<w3>last|this)\s(?:year)\b",
    )
    both = rf"(?P<w1>{months}){UP_TO_OR_AND}(?P<w2>{months}){alone}"
    yield "months", rf"\b(?:[Ii]n|[Bb]etween|[Dd]uring|[Ff]rom|[Ee]ither)\s{both}"


def _year_rows() -> PatternRows:
    """Years, decades, and seasons and other parts of a year."""
    opening, part = open_end(), rf"(?:\b{either_case(date_lists()['parts'])}(?:\s|-))"
    over_two = r"(?:[-/–]\d\d(?:\d\d)?)?"
    seasons = either_case(SEASON_NAMES)
    yield "", rf"{opening}{part}?(?:\bthe\s)?\b{seasons}\s(?:of\s)?(?:19|20)\d\d{over_two}(?!\d)"
    yield "", rf"{opening}{part}?\b(?:[Tt]he\s)?(?:19|20)\d0'?s\b"
    yield "", rf"{opening}\b[QH][1-4][ -/]?{YEAR}"
    yield "", rf"{opening}{part}(?:of\s)?{YEAR}"
    after = either_case(date_lists()["before_year"])
    ends = rf"(?=['’]s\b|[^\w\s-]|$|\s(?:{any_of(date_lists()['after_year'])})\b|\s?[–—(])"
    about = rf"(?:{either_case(date_lists()['about'])}\s)?"
    yield "", rf"\b[Tt]he\syear\s(?P<of>{YEAR})(?!\s?(?:-|–)\s?\d)"
    plainly = either_case(["in", "during", "throughout", "of", "for"])
    yield "", rf"\b{plainly}\s(?P<of>{about}{YEAR})(?!\s?(?:-|–)\s?\d)"
    yield "", rf"\b{after}\s(?P<of>{about}{YEAR}){ends}"
    since = either_case(["since", "before", "after", "until", "by"])
    yield "", rf"\b(?P<opening>{since})\s{YEAR}"
    yield "", rf"{FROM}{YEAR}\s(?:to|and|until)\s{YEAR}"
    yield (
        "",
        r"(?:\b(?:in|during|of|for|over)\s|\()(?P<of>(?:19|20)\d\d[-–/](?:19|20)?\d\d)(?![\d-])",
    )
    yield (
        "of_year",
        (
            r"\b(?:[Ii]n\s|[Aa]t\s)?(?P<w1>[Ee]arly|[Mm]id|[Ll]ate|[Tt]he\s(?:end|beginning|start|middle)\sof"
            r"|[Ee]nd\sof)[\s-](?P<w2>last|this)\s(?P<w3>month|year)\b"
        ),
    )
    months, day = month_names(), day_of_month()
    dated = rf"(?P<w1>{day}\s(?:of\s)?{months}|{months}\s{day}),?\s(?:of\s)?"
    yield "of_year", rf"\b{dated}(?P<w2>last|this)\s(?P<w3>year)\b"
    which = either_case(["first", "second", "third", "fourth", "last", "final"])
    number = rf"(?:(?P<w2>{number_pattern()})\s)?"
    year = rf"(?:\s(?:of|in)\s(?P<w4>{YEAR}|last\syear|this\syear|the\syear))"
    counted = rf"\b(?:[Tt]he\s)?(?P<w1>{which})\s{number}"
    yield "part_of_year", rf"{counted}(?P<w3>months|quarter|half){year}"
    yield (
        "part_of_year",
        rf"\b[Ii]n\sthe\s(?P<w1>{which})\s(?P<w2>)(?P<w3>quarter)(?P<w4>)(?=[,.;\s])(?!\sof)",
    )
    in_season = r"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Tt]hroughout|[Ii]nto)\s(?:the\s)?"
    is_time = r"(?!\s(?:of\s)?\d)(?!\s(?:of|offensive|campaign|season))"
    last = rf"\b(?P<w2>spring|summer|autumn|winter)\b{is_time}"
    yield "season", rf"{in_season}(?P<w1>){last}"
    yield "season", rf"\b(?P<opening>[Ss]ince|[Uu]ntil|[Bb]y)\s(?:the\s)?(?P<w1>){last}"
    yield "season", rf"\b(?P<w1>[Ll]ast|[Tt]his)\s(?P<w2>{either_case(SEASON_NAMES)})\b"
