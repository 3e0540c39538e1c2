"""Numbers in a row of words: "at least twenty", "between 5 and 7", "1,200", "dozens"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from geo.reports.language import PhraseTable, TextToken
from geo.reports.wordlists import word_lists
from geo.written.figures import read_figure

_HUNDRED: Final = 100
"""What "hundred" multiplies by; below it, the words of a number are added."""
_TEN: Final = 10
"""Below it are the numbers that can follow "twenty"."""
_ROUND: Final = frozenset({100, 1000})
"""What "a hundred" and "a thousand" are about; "a dozen" is twelve."""
_GROUP: Final = 3
"""Digits between the blanks of "1 200"."""
_MOST_DIGITS: Final = 9
"""Digits of a number of people; a longer row of them is something else."""


class NumberPhrase(NamedTuple):
    """A number in a row of tokens, from ``start`` up to, but not including, ``end``.

    ``question`` is what a word such as "dozens" leaves open; it has no number then.
    """

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    question: str = ""


class NumberLists(NamedTuple):
    """The word lists of numbers, in the form in which they are looked up."""

    raw: Mapping[str, Any]
    vague: PhraseTable[bool]
    whole: PhraseTable[bool]
    modifiers: PhraseTable[str]
    after: PhraseTable[str]
    ranges: PhraseTable[bool]
    fixed: PhraseTable[int]
    cardinals: Mapping[str, int]

    def is_in(self, plain: str, kind: str) -> bool:
        """Whether a word is in one of the lists of what joins numbers."""
        return plain in self.raw["joining"][kind]


@lru_cache(maxsize=1)
def number_lists() -> NumberLists:
    """The word lists of numbers."""
    raw = word_lists("numbers")
    reads = {phrase: shape for shape, phrases in raw["reads"].items() for phrase in phrases}
    modifiers = [(phrase, reads.get(phrase, "")) for phrase in raw["modifiers"]]
    return NumberLists(
        raw,
        PhraseTable((phrase, True) for phrase in raw["vague"]),
        PhraseTable((phrase, True) for phrase in raw["whole"]),
        PhraseTable(modifiers),
        PhraseTable((one, shape) for shape, phrases in raw["after"].items() for one in phrases),
        PhraseTable((phrase, True) for phrase in raw["joining"]["ranges"]),
        PhraseTable(raw["fixed"].items()),
        {**raw["units"], **raw["tens"]},
    )


def number_phrase(tokens: Sequence[TextToken], at: int) -> NumberPhrase | None:
    """The number that begins at a token, with the words that qualify it.

    Examples
    --------
    >>> from geo.reports.language import text_tokens
    >>> [number_phrase(text_tokens(text), 0)[1:5] for text in ("more than 30", "5 to 7 men")]
    [(3, 31, None, None), (3, 5, None, 7)]
    >>> number_phrase(text_tokens("dozens of fighters"), 0).question
    "'dozens of' is not a number."
    """
    lists = number_lists()
    begins, shape = at, ""
    if match := lists.modifiers.match(tokens, at):
        begins, shape = at + match[0], match[1]
    if begins < len(tokens) and (found := _between(tokens, begins)):
        return _read(at, found[2], f"{found[0]}-{found[1]}")
    if begins < len(tokens) and (number := cardinal(tokens, begins)):
        is_round = lists.is_in(tokens[begins].plain, "single") and number[0] in _ROUND
        about = lists.raw["joining"]["about"] if is_round or _is_rounded(tokens, begins) else ""
        return _with_range(tokens, at, shape or about, number)
    whole = lists.whole.match(tokens, at)
    begins = at if whole else begins
    if vague := whole or (lists.vague.match(tokens, begins) if begins < len(tokens) else None):
        end = begins + vague[0]
        if end < len(tokens) and cardinal(tokens, end):
            return number_phrase(tokens, end)  # "a group of ten men"
        words = " ".join(token.plain for token in tokens[begins:end])
        return NumberPhrase(at, end, None, None, None, f"{words!r} is not a number.")
    return None


def cardinal(tokens: Sequence[TextToken], at: int) -> tuple[int, int] | None:
    """The number in digits or words that begins at a token, and the token after it.

    Returns
    -------
    tuple or None
        ``None``, if none begins there.
    """
    lists, plain = number_lists(), tokens[at].plain
    if plain[0].isdecimal():
        return _in_digits(tokens, at)
    if fixed := lists.fixed.match(tokens, at):
        return fixed[1], at + fixed[0]
    is_scale = at + 1 < len(tokens) and tokens[at + 1].plain in lists.raw["scales"]
    is_one = is_scale and lists.is_in(plain, "single")
    total, current = 0, int(is_one)
    end = at + is_one
    while end < len(tokens):
        step = _step(tokens, end, current)
        if step is None:
            break
        current, carried, end = step
        total += carried
    value = total + current
    return (value, end) if end > at and value else None


def _in_digits(tokens: Sequence[TextToken], at: int) -> tuple[int, int] | None:
    """A number in digits, and the token after it: "1,200" and "1 200"."""
    plain = _without_about(tokens[at].plain).replace(",", "")
    digits, end = plain.rstrip("x×"), at + 1  # "3x KIA"
    is_led = tokens[at].plain == digits and len(digits) <= _GROUP
    while is_led and end < len(tokens) and tokens[end].start == tokens[end - 1].end + 1:
        group = tokens[end].plain
        if len(group) != _GROUP or not group.isdecimal():
            break
        digits, end = digits + group, end + 1
    is_time = len(digits) > 1 and digits.startswith("0")  # "0630 hrs"
    is_whole = digits.isdecimal() and len(digits) <= _MOST_DIGITS and not is_time
    return (int(digits), end) if is_whole else None


def _step(tokens: Sequence[TextToken], at: int, current: int) -> tuple[int, int, int] | None:
    """One more word of a number: what it is now, what is complete, and the token after it."""
    lists, plain = number_lists(), _without_about(tokens[at].plain)
    if lists.is_in(plain, "joins") and current >= _HUNDRED and at + 1 < len(tokens):
        return _step(tokens, at + 1, current) if _is_written(tokens[at + 1].plain) else None
    if (scale := lists.raw["scales"].get(plain)) and current:
        return (current * scale, 0, at + 1) if scale <= _HUNDRED else (0, current * scale, at + 1)
    value = lists.cardinals.get(plain)
    if value is None:
        first, _, second = plain.partition("-")
        tens, units = lists.raw["tens"].get(first), lists.raw["units"].get(second)
        value = tens + units if tens and units else None
    if value is None or not _fits(current % _HUNDRED, value):
        return None
    return current + value, 0, at + 1


def _is_written(plain: str) -> bool:
    """Whether it is a number in one word, "five" or "forty-one"."""
    lists, (first, _, second) = number_lists(), plain.partition("-")
    return plain in lists.cardinals or (first in lists.raw["tens"] and second in lists.raw["units"])


def _fits(below_hundred: int, value: int) -> bool:
    """Whether a number can follow another in words: "twenty" and "five", never "five" and "six"."""
    return not below_hundred or (below_hundred % _TEN == 0 and below_hundred > _TEN > value)


def _between(tokens: Sequence[TextToken], at: int) -> tuple[int, int, int] | None:
    """The two numbers of "between 5 and 7", and the token after them."""
    lists = number_lists()
    if not lists.is_in(tokens[at].plain, "before_range") or at + 1 >= len(tokens):
        return None
    first = cardinal(tokens, at + 1)
    if first is None or first[1] + 1 >= len(tokens):
        return None
    if not lists.is_in(tokens[first[1]].plain, "joins"):
        return None
    second = cardinal(tokens, first[1] + 1)
    return (first[0], *second) if second and first[0] <= second[0] else None


def _without_about(plain: str) -> str:
    """A number without the ending that makes it less sure: "thirty" of "thirty-odd"."""
    for ending in number_lists().raw["joining"]["about_endings"]:
        plain = plain.removesuffix(ending)
    return plain


def _is_rounded(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether a number has an ending that makes it less sure, "thirty-odd"."""
    return _without_about(tokens[at].plain) != tokens[at].plain


def _with_range(
    tokens: Sequence[TextToken], at: int, shape: str, number: tuple[int, int]
) -> NumberPhrase | None:
    (value, end), lists = number, number_lists()
    between = lists.ranges.match(tokens, end) if end < len(tokens) else None
    if between and end + between[0] < len(tokens) and shape in {"", lists.raw["joining"]["about"]}:
        second = cardinal(tokens, end + between[0])
        if second and value < second[0]:
            return _read(at, second[1], f"{value}-{second[0]}")
    if end < len(tokens) and (after := lists.after.match(tokens, end)):
        return _read(at, end + after[0], f"{after[1]} {value}")
    return _read(at, end, f"{shape} {value}".strip())


def qualified_after(
    tokens: Sequence[TextToken], number: NumberPhrase, end: int
) -> tuple[NumberPhrase, int]:
    """A number with the words that qualify it after its noun, and the token after them.

    Returns
    -------
    tuple
        The number, changed if words such as "or more" begin at `end`, and the token after them.
    """
    after = number_lists().after.match(tokens, end) if end < len(tokens) else None
    if after is None or number.best is None:
        return number, end
    found = _read(number.start, number.end, f"{after[1]} {number.best}")
    return (found, end + after[0]) if found else (number, end)


def _read(start: int, end: int, figure: str) -> NumberPhrase | None:
    found = read_figure(figure)
    if found.low is None and found.best is None and found.high is None:
        return None
    return NumberPhrase(start, end, found.low, found.best, found.high)
