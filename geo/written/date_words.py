"""Names of months, seasons, weekdays and parts of the year, in English, Dari and Pashto.

All of them are spelled as :func:`folded` spells a text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from geo.dossier.solar_hijri import MONTHS as HIJRI_NAMES
from geo.places.spelling import ARABIC, ENGLISH_DIGITS

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘‛`´′ʼ", "'"))
_UNSEEN: Final = re.compile("[\u0640\u200b-\u200f\u2060\ufeff\u061c]")


def folded(text: str) -> str:
    """The text in lower case, with English digits, one kind of dash, and no accents or commas.

    Examples
    --------
    >>> folded(" 3\u20135  Mai\u0301, ۱۴۰۱")
    '3-5 mai 1401'
    """
    plain = unicodedata.normalize("NFKC", text).translate(ENGLISH_DIGITS).translate(_DASHES)
    letters = unicodedata.normalize("NFKD", _UNSEEN.sub("", plain).translate(ARABIC).casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.sub("[,،;]", " ", bare).split())


def _numbered(*rows: str) -> dict[str, int]:
    """Names to numbers; each row has one for each number, further ones joined by ``|``."""
    return {
        folded(name): number
        for row in rows
        for number, names in enumerate(row.split(), start=1)
        for name in names.split("|")
    }


GREGORIAN: Final = _numbered(
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep|sept oct nov dec",
    # As Dari and Pashto of Afghanistan write them, then as Persian of Iran does.
    "جنوری فبروری مارچ اپریل می|مۍ جون جولای|جولایی اگست|اګست سپتمبر|سپټمبر اکتوبر|اکتوبر "
    "نومبر|نوامبر دسمبر|ډسمبر",
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه|جولای اوت سپتامبر اکتبر نوامبر دسامبر",
)
"""Numbers of the Gregorian months by their names."""
SOLAR_HIJRI: Final = {folded(name): number for name, number in HIJRI_NAMES.items()}
"""Numbers of the Solar Hijri months by their names."""
LUNAR: Final = frozenset({
    "muharram", "moharram", "safar", "rabi", "jumada", "jamadi", "rajab", "shaban", "shaaban",
    "ramadan", "ramazan", "ramadhan", "shawwal", "shawal", "dhu", "zu", "zul", "eid", "ashura",
    "محرم", "صفر", "ربيع", "رجب", "شعبان", "رمضان", "شوال",
})  # fmt: skip
"""Words by which a date of the lunar calendar is recognised, which is not converted: its months
begin when the moon is seen."""
SEASONS: Final = _numbered("spring summer autumn|fall winter", "بهار تابستان خزان|پاییز زمستان")
"""Numbers of the seasons, 1 to 4 from spring, as EDTF numbers them."""
WEEKDAYS: Final = _numbered(
    "monday tuesday wednesday thursday friday saturday sunday",
    "mon tue|tues wed|weds thu|thur|thurs fri sat sun",
    "دوشنبه سه‌شنبه چهارشنبه پنجشنبه|پنج‌شنبه جمعه شنبه یکشنبه|یک‌شنبه",
)
"""Days of the week, 1 to 7 from Monday."""
ORDINALS: Final = _numbered("first second third fourth", "1st 2nd 3rd 4th") | {"last": -1}
"""Numbers of parts: -1 for the last one."""
THIRDS: Final = {
    "early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "late": 3, "end": 3,
    "اوایل": 1, "اواسط": 2, "اواخر": 3,
}  # fmt: skip
"""Words for the first, middle and last third of a month or year."""
