"""How English writes what depends on another day: patterns of "yesterday", "the next week"."""

from __future__ import annotations

from geo.reports.date_pieces import (
    CLOCK,
    HOURS,
    UNITS,
    UP_TO_OR_AND,
    YEAR,
    PatternRows,
    any_of,
    date_lists,
    day_of_month,
    either_case,
    month_names,
    number_pattern,
    weekday_names,
)


def relative_patterns() -> PatternRows:
    """Whatever depends on the day of publication, or on the date named before."""
    yield from _day_rows()
    yield from _weekday_rows()
    yield from _counted_rows()
    yield from _unit_rows()
    yield from _beside_rows()


def _day_rows() -> PatternRows:
    """Days by a name, such as "yesterday", and nights."""
    lists = date_lists()
    passed = r"(?<!passed )(?<!passing )(?<!driving )(?<!drove )"  # "a patrol passed by Thursday"
    since = rf"(?:\b(?P<opening>[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|{passed}[Bb]y)\s)?"
    late = r"(?:\b(?:[Ll]ate|[Ee]arly|[Ee]arlier|[Ll]ater)\s(?:on\s)?)?"
    yield "day", rf"{since}{late}\b(?P<w1>{either_case(lists['days'])})\b(?:\s(?:{CLOCK})\b)?"
    yield "night", rf"\b(?P<w1>{either_case(lists['nights'])})\b"
    yield "fixed", rf"(?i:(?<!\w)(?P<w1>{any_of(lists['fixed'])})\b)"
    yield "yearly", rf"(?i:\b(?P<w1>{any_of(lists['yearly'])})\b)"
    moving, nth = f"(?i:{any_of(lists['moving'])})", rf"(?:{any_of(lists['ordinals'])}|last)"
    of_it = rf"(?:the\s)?(?:(?:{nth}|[0-3]?\d(?:st|nd|rd|th)?)\s)?(?:(?:day|{CLOCK})\s)?(?:of\s)?"
    yield "moving", rf"\b(?:[Oo]n|[Ss]ince|[Bb]efore|[Aa]fter|[Dd]uring)\s(?P<of>{of_it}{moving})\b"
    yield "moving", rf"\b(?P<of>(?:the\s)?{nth}\s(?:day|{CLOCK})\sof\s{moving})\b"
    alone = r"(?=[,.;:)]|\s(?:and|in|at|a|an|the|when|near|by|from|after|two|three)\b|\s*$)"
    yield "ordinal", rf"\b[Oo]n\sthe\s(?P<w1>[0-3]?\d)(?:st|nd|rd|th){alone}"
    yield "ordinal", r"(?:\(|\bof\s)(?P<of>[Tt]he\s(?P<w1>[0-3]?\d)(?:st|nd|rd|th))(?=[,;:)])"
    hours = rf"\b(?:hours|{CLOCK})\s(?:of|on)\s"
    no_name = r"(?![\w-])(?!\s(?:of|century|[A-Z][a-z]+(?:ade|ion|ment|ps)\b))"
    yield "ordinal", rf"{hours}(?P<of>the\s(?P<w1>[0-3]?\d)(?:st|nd|rd|th)){no_name}"
    ordinals = any_of(lists["ordinals"])
    dated = rf"(?P<w1>[0-3]?\d|{ordinals})(?:st|nd|rd|th)?\s(?:of|in)\s"
    yield (
        "day_of_month",
        rf"\b(?:[Oo]n|[Oo]f)\s(?:the\s)?{dated}(?P<w2>this|last|that|the(?:\ssame)?)\smonth\b",
    )


def _weekday_rows() -> PatternRows:
    """Days of the week."""
    weekday = weekday_names(may_be_small=True)
    passed = r"(?<!passed )(?<!passing )(?<!driving )(?<!drove )"
    since = rf"(?:\b(?P<opening>[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|{passed}[Bb]y)\s)?"
    clock = rf"(?:(?:\s|-)(?:{CLOCK}))?"
    which = r"(?:\b(?P<w2>[Ll]ast|[Pp]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate)\s)?"
    week = r"(?:\s(?:of\s|in\s)?(?P<w3>last|this)\sweek|\s(?P<w4>before\slast))?"
    overnight = r"(?:\b[Oo]vernight\s(?:on\s|of\s)?)?"
    yield "weekday", rf"{since}{overnight}{which}\b(?P<w1>{weekday}){clock}{week}\b"
    yield "weekday", rf"\b(?P<w3>[Ll]ast|[Tt]his)\sweek\son\s(?P<w1>{weekday})(?P<w2>)\b"
    yield "weekday", rf"\b(?P<w1>{weekday})\s(?P<w2>last)\b(?!\s(?:week|month|year|night))"
    two = rf"(?:on\s|from\s)?{weekday}\s?(?:into|to|till|until|through|-|–)\s?"
    yield "night_into", rf"\b[Oo]vernight\s(?:into\s|to\s|{two})(?P<w1>{weekday})\b"
    yield "night_into", rf"\b[Nn]ight\s(?:to|into)\s(?P<w1>{weekday})\b"
    yield (
        "weekday",
        (
            r"(?:(?<=[a-z0-9,;] )|(?<=\())(?P<w1>Mon|Tues?|Weds?|Thu|Thurs?|Fri|Sat)(?P<w2>)\.?"
            r"(?![\w’'-])(?!\s\d)"
        ),
    )
    several = rf"(?:,\s{weekday})*"
    yield (
        "weekdays",
        (
            rf"(?:\b(?:[Bb]etween|[Ff]rom|[Ee]ither)\s)?\b(?P<w1>{weekday}){clock}{several}"
            rf"{UP_TO_OR_AND}{HOURS}(?P<w2>{weekday}){clock}\b"
        ),
    )
    yield (
        "weekend",
        (
            r"\b(?:(?:[Oo]ver|[Dd]uring|[Aa]t|[Oo]n)\s)?(?:[Tt]he|[Tt]his|[Ll]ast)\s(?:past\s)?(?P<w1>weekend)\b"
        ),
    )
    nth = either_case(["first", "second", "third", "fourth", "last"])
    yield (
        "nth_weekday",
        (
            rf"\b(?:[Tt]he\s)?(?P<w1>{nth})\s(?P<w2>{weekday})\s(?:of|in)\s"
            rf"(?P<w3>{month_names()}(?:,?\s(?:of\s)?{YEAR})?)"
        ),
    )


def _counted_rows() -> PatternRows:
    """Days, weeks and other units, counted back from the day of publication."""
    numbers = number_pattern()
    ago = rf"\b(?<![Hh]alf )(?P<w1>{numbers})\s(?P<w2>night|hour|{UNITS})s?\s(?P<w3>ago|back)\b"
    yield "ago", ago
    weekday = weekday_names(may_be_small=True)
    yield "ago_exactly", rf"{ago}\s(?:on\s|this\s)?(?P<w4>today|{weekday})\b"
    over = r"(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or|[Tt]hroughout|[Aa]cross)"
    past = r"(?:[Tt]he\s|[Tt]hese\s)?(?:[Pp]ast|[Ll]ast|[Pp]revious|[Pp]receding)"
    yield "past", rf"(?:\b{over}\s)?\b{past}\s(?P<w1>{numbers})\s(?P<w2>hour|{UNITS})s\b"
    yield "past", rf"(?:\b{over}\s)?\b{past}\s(?P<w1>\d{{1,3}})\s?(?P<w2>h)(?:rs?)?\b"
    yield "past", rf"\b(?:{over})\s(?:the\s)?(?P<w1>past|last)\s(?P<w2>{UNITS})\b"
    yield "past", rf"\b(?:(?:{over}\s)?this|of\sthe)\s(?P<w1>past)\s(?P<w2>{UNITS})\b"
    fixed = rf"(?i:(?:the\s)?{any_of(date_lists()['fixed'])}(?:\sattacks)?)"
    months, day = month_names(), day_of_month()
    named = rf"{months}\s{day}(?:,?\s{YEAR})?|{day}\s{months}(?:\s{YEAR})?|{fixed}"
    yield (
        "offset",
        (rf"\b(?P<w1>{numbers}|[Tt]he)\s(?P<w2>day|week)s?\s(?P<w3>before|after)\s(?P<w4>{named})"),
    )


def _unit_rows() -> PatternRows:
    """Weeks, months and years around the day of publication."""
    since = r"(?:\b(?P<opening>[Ss]ince|[Uu]ntil|[Bb]efore|[Bb]y)\s)?"
    earlier = r"(?:\b[Ee]arlier\s|\b[Ll]ater\s)?"
    units = "week|month|year"
    yield "unit", rf"{since}{earlier}\b(?P<w1>[Ll]ast|[Tt]his|[Nn]ext)\s(?P<w2>{units})\b"
    yield "unit", rf"{since}\b(?P<w1>[Tt]he\s(?:beginning|start)\sof\sthis)\s(?P<w2>{units})\b"
    yield (
        "unit",
        rf"\b(?P<opening>[Ss]ince)\s(?P<w1>the\s(?:beginning|start)\sof\sthe)\s(?P<w2>{units})\b",
    )
    yield "unit", r"\b(?:[Ee]arlier|[Ll]ater)\sin\s(?P<w1>the)\s(?P<w2>week)\b"
    yield "unit_before", rf"\b[Tt]he\s(?P<w1>night|{units})\sbefore\slast\b"


def _beside_rows() -> PatternRows:
    """Times that are counted from the date named before them."""
    lists, weekday = date_lists(), weekday_names(may_be_small=True)
    units = "week|month|year"
    day = f"day|date|{CLOCK}"
    later = r"(?:\b(?:[Ll]ater|[Ee]arlier)\s(?:on\s)?|\b[Oo]n\s)?"
    step, after = either_case(lists["steps"]), any_of(lists["steps_after"])
    yield (
        "following",
        rf"{later}\b(?:[Tt]he\s(?:very\s)?)?(?P<w1>{step})\s(?:same\s|very\s)?(?P<w2>{day})\b",
    )
    alone = r"(?=[,.;:)–—]|\s(?:in|at|and|when|he|she|they|it|near)\b|\s*$)"
    yield "following", rf"\b[Tt]he\s(?P<w2>{day})\s(?P<w1>{after}){alone}"
    moved = rf"\b(?P<w1>{number_pattern()})\s(?P<w2>night|evening|morning|{UNITS})s?\s"
    yield "moved", rf"{moved}(?P<w3>before|prior|after){alone}"
    yield "moved", rf"{moved}(?P<w3>earlier|later|afterwards?|previously)\b(?!\s(?:this|that)\b)"
    days = rf"(?P<w1>{number_pattern()})\s(?P<w2>night|day|week)s?\s"
    yield "moved", rf"\b{days}(?P<w3>on)(?=,)"
    several = rf"(?:\b(?:{number_pattern()}|[Aa]\sfew|[Ss]everal)\s)?"
    yield "hours", rf"{several}\b[Hh]ours?\s(?:later|afterwards)\b"
    subjects = "a|an|the|his|its|their|two|three|four|five|at|more|militants|insurgents|gunmen"
    yield "clause", rf"{moved}(?P<w3>before|after)(?=\s(?:{subjects}|[A-Z]))"
    yield "clause", rf"{moved}(?P<w3>before|after)(?!{alone})(?=\s(?!that\b|this\b)[a-z])"
    yield "moved", rf"{moved}(?P<w3>before|after)\s(?:that|this)\b"
    yield (
        "previous",
        rf"{later}\b(?:in\s|In\s)?[Tt]he\s(?P<w1>{step})\s(?P<w2>{units})\b(?!\srunning)",
    )
    yield "previous", rf"{later}\b(?P<w1>[Tt]hat)\s(?:same\s)?(?P<w2>{units})\b"
    yield "previous", rf"\b[Tt]he\s(?P<w2>{units})\s(?P<w1>{after}){alone}"
    course = r"\b(?:[Dd]uring|[Ii]n\sthe\scourse\sof|[Ww]ithin)\sthe\s"
    yield "previous", rf"{course}(?P<w1>)(?P<w2>month|year)\b"
    yield "beside_weekday", rf"\b[Tt]he\s(?P<w1>{step})\s(?P<w2>{weekday})\b"
    yield "beside_weekday", rf"\b(?P<w1>[Tt]hat)\s(?P<w2>{weekday})\b"
    yield "beside_weekday", rf"\b[Tt]he\s(?P<w2>{weekday})\s(?P<w1>{after}){alone}"
    same = (
        r"\b[Tt]he\s(?:same|corresponding)\s(?:[a-z]+\s)?(?:months|period|time|weeks|quarter|half)"
    )
    year = (
        rf"(?P<w1>{YEAR}(?:/\d\d)?|last\syear|the\s(?:year\sbefore|previous\syear)"
        r"|a\syear\s(?:earlier|before))"
    )
    yield "same_period", rf"{same}\s(?:(?:of|in)\s)?{year}"
