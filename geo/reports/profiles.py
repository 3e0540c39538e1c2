"""Sentences and clauses that tell who somebody is: "the leader, who directed attacks in NAME".

What they name happened at another time, or in general; the place and the day of the event are in
the rest of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from geo.reports.language import PhraseTable, TextToken
from geo.reports.mentions import Mention
from geo.reports.suggestions import TextSpan
from geo.reports.wordlists import word_lists, word_set

_TOPIC: Final = "profiles"
_OPENING: Final = 6
"""Tokens at the beginning of a sentence among which its subject begins: "recent reports say he"."""
_SUBJECT: Final = 8
"""Tokens from "the" to the word for somebody: "the original target of this operation"."""
_NAME: Final = 4
"""Most tokens of a person's name with its title."""
_BETWEEN: Final = 7
"""Most tokens between the subject and the word that decides: "is also believed to have been"."""
_DEFINED: Final = 6
"""Tokens after "was a" among which the word for somebody is: "a senior NAME and NAME leader"."""
_SEARCH: Final = 3
"""Tokens of "of this operation"."""

_BORN: Final = 6
"""Tokens after "born" among which the year is: "born in NAME in 1993"."""
_YEAR: Final = 4
"""Digits of a year."""


@lru_cache(maxsize=8)
def _table(name: str) -> PhraseTable[bool]:
    return PhraseTable((one, True) for one in word_lists(_TOPIC)[name])


def is_profile(tokens: Sequence[TextToken], named: Sequence[Mention], *, is_dated: bool) -> bool:
    """Whether a sentence tells who somebody is, and of no event.

    Parameters
    ----------
    named
        Groups and places in it: a sentence about them is about no person.
    is_dated
        Whether it has a date; what somebody did on a day is an event.

    Examples
    --------
    >>> from geo.reports.language import text_tokens
    >>> said = "The detained leader, who had 40 men, also directed attacks in Kabul."
    >>> is_profile(text_tokens(said), (), is_dated=False)
    True
    >>> is_profile(text_tokens("The leader was killed in Kabul."), (), is_dated=False)
    False
    """
    at = _after_subject(tokens, named)
    if at is None or _is_told_later(tokens, at):
        return False
    return _tells_of(tokens, at, is_dated=is_dated) or _is_defined(tokens, at)


def _is_told_later(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether a clause without a verb tells who somebody is: "the men wanted for it were shot"."""
    is_reduced = at < len(tokens) and _table("reduced").match(tokens, at) is not None
    return is_reduced and any(_is_in(one, "main") for one in tokens[at:])


def _is_in(token: TextToken, name: str) -> bool:
    """Whether a word is in a list."""
    return token.plain in word_set(_TOPIC, name)


def is_biography(tokens: Sequence[TextToken], dates: Sequence[Mention]) -> bool:
    """Whether a sentence tells a life from birth on: "born in 1993, he was shot at NAME".

    Parameters
    ----------
    dates
        Of the sentence: with another one than that of the birth it tells of an event too.

    Examples
    --------
    >>> from geo.reports.language import text_tokens
    >>> is_biography(text_tokens("Omar, born in 1993, was shot in the hand at Sangin."), ())
    True
    """
    if len(dates) > 1:
        return False
    born = (at for at, one in enumerate(tokens) if _is_in(one, "born"))
    return any(
        one.plain.isdigit() and len(one.plain) == _YEAR
        for at in born
        for one in tokens[at + 1 : at + 1 + _BORN]
    )


def is_untrue(tokens: Sequence[TextToken]) -> bool:
    """Whether a sentence calls untrue what it tells: "the lie that two of ours were killed".

    Examples
    --------
    >>> from geo.reports.language import text_tokens
    >>> is_untrue(text_tokens("We reject the lie that ten were killed."))
    True
    """
    return any(_table("untrue").match(tokens, at) for at in range(len(tokens)))


def is_called_untrue(tokens: Sequence[TextToken]) -> bool:
    """Whether a sentence tells of something and then calls it untrue.

    Examples
    --------
    >>> from geo.reports.language import text_tokens
    >>> is_called_untrue(text_tokens("The news that ten were killed is a lie."))
    True
    """
    return any(_table("untrue_after").match(tokens, at) for at in range(len(tokens)))


def _after_subject(tokens: Sequence[TextToken], named: Sequence[Mention]) -> int | None:
    """The token after the person that a sentence is about; ``None``, if it is about none."""
    lists = word_lists(_TOPIC)
    for at, one in enumerate(tokens[:_OPENING]):
        if one.plain in lists["pronouns"]:
            return _after_aside(tokens, at + 1)
        if one.plain in lists["determiners"] and not _is_object(tokens, at):
            return _after_person(tokens, at + 1)
    return _after_name(tokens, named)


def _is_object(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether a word in "ed" is just before somebody: "they arrested the man behind"."""
    before = tokens[at - 1] if at else None
    if before is None or before.is_capital:
        return False
    return before.plain.endswith(tuple(word_lists(_TOPIC)["past_endings"]))


def _after_person(tokens: Sequence[TextToken], first: int) -> int | None:
    """The token after the last word for somebody at the beginning: "the leader"."""
    people = word_set(_TOPIC, "people")
    for at in range(first, min(len(tokens), first + _SUBJECT)):
        is_sign = tokens[at].is_sign and tokens[at].plain not in {"-", "'"}
        if is_sign or _is_in(tokens[at], "another"):
            return None
        is_last = at + 1 >= len(tokens) or tokens[at + 1].plain not in people
        if tokens[at].plain in people and is_last:
            return _after_aside(tokens, _after_search(tokens, at + 1))
    return None


def _after_search(tokens: Sequence[TextToken], at: int) -> int:
    """The token after "of this operation" behind "the target"; else the same one."""
    words = tokens[at : at + _SEARCH - 1]
    lists = zip(words, ("search_of", "search_this"), strict=False)
    is_search = len(words) == _SEARCH - 1 and all(_is_in(one, name) for one, name in lists)
    return at + _SEARCH if is_search else at


def _after_aside(tokens: Sequence[TextToken], at: int) -> int:
    """The token after what is between commas: ", NAME," or ", who commands 40 men,"."""
    if at >= len(tokens) or tokens[at].plain != ",":
        return at
    ends = (i for i in range(at + 1, len(tokens)) if tokens[i].plain == ",")
    return next(ends, len(tokens)) + 1


def _after_name(tokens: Sequence[TextToken], named: Sequence[Mention]) -> int | None:
    """The token after a name of two words or more with which a sentence begins."""
    end = next((at for at, one in enumerate(tokens) if not one.is_capital), len(tokens))
    if not 1 < end <= _NAME or any(one.start < tokens[end - 1].end for one in named):
        return None
    return end


def _tells_of(tokens: Sequence[TextToken], first: int, *, is_dated: bool) -> bool:
    """Whether the words after a person are those of what somebody is, or does in general."""
    between = word_set(_TOPIC, "between")
    for at in range(first, min(len(tokens), first + _BETWEEN)):
        if _table("states").match(tokens, at):
            return True
        if not is_dated and _table("activities").match(tokens, at):
            return True
        if tokens[at].plain not in between:
            return False
    return False


def _is_defined(tokens: Sequence[TextToken], at: int) -> bool:
    """Whether "was a leader" follows: what somebody was."""
    words = tokens[at : at + 1 + _DEFINED]
    if len(words) < _NAME or not (_is_in(words[0], "is") and _is_in(words[1], "articles")):
        return False
    return any(_is_in(one, "people") and not _is_in(one, "aimed_at") for one in words[1:])


def profile_clauses(tokens: Sequence[TextToken], mentions: Sequence[Mention]) -> list[TextSpan]:
    """The clauses of a sentence about somebody: "a leader responsible for attacks in NAME".

    Parameters
    ----------
    mentions
        Those of the sentence; a comma inside a place ends no clause.

    Returns
    -------
    list of TextSpan
        In order.

    Examples
    --------
    >>> from geo.reports.language import text_tokens
    >>> text = "They took a leader who operates in Kabul, on Monday."
    >>> [text[one.start:one.end] for one in profile_clauses(text_tokens(text), ())]
    ['who operates in Kabul']
    """
    found: list[TextSpan] = []
    for at in _openings(tokens):
        if not found or tokens[at].start >= found[-1].end:
            end = _end_of_clause(tokens, at, mentions)
            found.append(TextSpan(tokens[at].start, tokens[end - 1].end))
    return found


def _openings(tokens: Sequence[TextToken]) -> Iterator[int]:
    people = word_set(_TOPIC, "people")
    for at, one in enumerate(tokens):
        if (_is_in(one, "relative") and _tells_of(tokens, at + 1, is_dated=False)) or (
            at and tokens[at - 1].plain in people and _table("states").match(tokens, at)
        ):
            yield at


def _end_of_clause(tokens: Sequence[TextToken], first: int, mentions: Sequence[Mention]) -> int:
    """The token after a clause: a comma outside of names, or a word such as "during"."""
    ends = word_set(_TOPIC, "ends")
    is_reduced = _table("reduced").match(tokens, first) is not None
    places = [
        one.end for one in mentions if one.kind == "place" and one.start > tokens[first].start
    ]
    for at in range(first + 1, len(tokens)):
        one = tokens[at]
        is_inside = any(each.start < one.start < each.end for each in mentions)
        if (one.plain in {",", ";"} and not is_inside) or one.plain in ends:
            return at
        # "Who led attacks in NAME was shot", "wanted for attacks was shot".
        is_main = _is_in(one, "main") and (is_reduced or any(end <= one.start for end in places))
        if is_main:
            return at
    return len(tokens)
