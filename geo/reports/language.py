"""The words, numbers and signs of a text, and phrases of several words found among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\d+(?:,\d{3}(?!\d))*(?:\.\d+)?(?:-?[^\W\d_]\w*)*"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+|-\d\w*)*"
    r"|[^\s\w]|_"
)
_SPACES: Final = str.maketrans(
    dict.fromkeys("\u2028\u2029\x0b\x0c\x85\r", "\n")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t", " ")
)
_Meaning = TypeVar("_Meaning")


def with_plain_spaces(text: str) -> str:
    r"""The text with only blanks and line feeds as white space; every letter keeps its position.

    Examples
    --------
    >>> with_plain_spaces("A\u2028B\u00a0C")
    'A\nB C'
    """
    return text.translate(_SPACES)


class TextToken(NamedTuple):
    """A word, number or sign of a text, and its characters.

    ``plain`` is in lower case and has no possessive ending.
    """

    plain: str
    start: int
    end: int
    is_capital: bool

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation."""
        return not self.plain[:1].isalnum()


class PhraseTable(Generic[_Meaning]):
    """Phrases of one word or more, and what each means.

    Examples
    --------
    >>> table = PhraseTable([("roadside bomb", "bomb"), ("roadside", "road")])
    >>> table.match(text_tokens("A roadside bomb"), 1)
    (2, 'bomb')
    """

    def __init__(self, phrases: Iterable[tuple[str, _Meaning]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], _Meaning]]] = {}
        for phrase, meaning in phrases:
            words = tuple(token.plain for token in text_tokens(phrase))
            self._by_first.setdefault(words[0], []).append((words, meaning))
        for found in self._by_first.values():
            found.sort(key=lambda one: -len(one[0]))

    def match(self, tokens: Sequence[TextToken], at: int) -> tuple[int, _Meaning] | None:
        """The number of tokens of the longest phrase that begins at one, and its meaning.

        Returns
        -------
        tuple or None
            ``None``, if none begins there.
        """
        for words, meaning in self._by_first.get(tokens[at].plain, ()):
            here = tokens[at : at + len(words)]
            if len(here) == len(words) and all(
                token.plain == word for token, word in zip(here, words, strict=True)
            ):
                return len(words), meaning
        return None


def text_tokens(text: str, start: int = 0, end: int | None = None) -> list[TextToken]:
    """The words, numbers and signs of a text between two characters, in time linear in them.

    Returns
    -------
    list of TextToken
        In the order of the text.

    Examples
    --------
    >>> [token.plain for token in text_tokens("The NRF's 1,200 men: AK-47s, 10-15 dead")]
    ['the', 'nrf', '1,200', 'men', ':', 'ak-47s', ',', '10', '-', '15', 'dead']
    """
    return [_token(one) for one in _TOKEN.finditer(text, start, len(text) if end is None else end)]


def _token(match: re.Match[str]) -> TextToken:
    plain = match[0].casefold().replace("’", "'").removesuffix("'s")
    return TextToken(plain or match[0], match.start(), match.end(), match[0][0].isupper())


def words_before(tokens: Sequence[TextToken], at: int, most: int) -> list[str]:
    """The last words that end by a character.

    Returns
    -------
    list of str
        At most `most`, in lower case; signs are among them.

    Examples
    --------
    >>> words_before(text_tokens("Two died, in Kabul."), 13, 2)
    [',', 'in']
    """
    return [one.plain for one in tokens if one.end <= at][-most:]


def words_after(tokens: Sequence[TextToken], at: int, most: int) -> list[str]:
    """The first words that begin at a character or after it.

    Returns
    -------
    list of str
        As of :func:`words_before`.
    """
    return [one.plain for one in tokens if one.start >= at][:most]
