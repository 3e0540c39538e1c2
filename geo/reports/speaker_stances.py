"""What somebody's words come to: a claim of responsibility, a denial, or no statement at all.

The verb decides, unless what is said does: "said that it was a lie" denies, and "said it was
theirs" takes responsibility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.dossier.records import ClaimKind
from geo.reports.speaker_sentences import QUOTES, SpeakerSentence, SpeakerWords
from geo.reports.speaker_verbs import SpeechVerb

_NEAR: Final = 5
"""Tokens before a verb in which "not" is about it."""
_OBJECT: Final = 7
"""Tokens of what is claimed: "claimed Friday's double suicide attack on a mosque" has five."""
_OWN: Final = 7
"""Tokens at the beginning of what is said among which a party says "we did not"."""
_TOLD: Final = 10
"""Tokens between "told" and "that": "told the agency by telephone on Monday that" has seven."""
_AS: Final = 4
"""Tokens between "is" and "untrue" in "is, as always, a lie"."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of speech, `length` tokens from `at` on, and whoever says it.

    `is_party` is true if the speaker is a group.
    """

    at: int
    length: int
    verb: SpeechVerb
    subject: SpeakerWords
    is_party: bool

    @property
    def end(self) -> int:
        """The token after the verb."""
        return self.at + self.length


def stance(sentence: SpeakerSentence, saying: Saying) -> SpeechVerb | None:
    """What a verb makes of it.

    Returns
    -------
    SpeechVerb or None
        ``None``, if nothing is said: "declined to say".
    """
    verb = saying.verb
    if verb.says == "occurrence" and _is_no_statement(sentence, saying):
        return None
    if silent := _silent(sentence, saying):
        is_denied = verb.says == "acknowledgement" and silent != "without"
        return verb._replace(says="denial") if is_denied else None
    if verb.says == "acknowledgement":
        # A hospital admits patients.
        is_hospital = sentence.role_of(saying.subject)[1] == "third_party"
        is_taken_in = sentence.plain(saying.at).startswith("admit") and is_hospital
        return None if is_taken_in else verb
    if verb.says == "denial":
        return _denial(sentence, saying)
    return verb if verb.says != "occurrence" else verb._replace(says=_asserted(sentence, saying))


def _is_no_statement(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether it is an act, "declared a truce", or tells of a thing: "those whom it named"."""
    is_act = sentence.plain(saying.at).startswith(("announc", "declar", "proclaim")) and any(
        sentence.is_in(i, "acts") for i in _until_clause(sentence, saying.end)
    )
    says_what = sentence.plain(saying.at).startswith(("claim", "describ", "accus"))
    return is_act or (
        not says_what and sentence.plain(saying.subject.start - 1) in {"whom", "which"}
    )


def _asserted(sentence: SpeakerSentence, saying: Saying) -> ClaimKind:
    """What a verb such as "said" comes to by what is said."""
    if _is_own_claim(sentence, saying):
        return "responsibility"
    return "denial" if _is_denied(sentence, saying) else "occurrence"


def _denial(sentence: SpeakerSentence, saying: Saying) -> SpeechVerb | None:
    """What "knew nothing of" or "rejected" comes to."""
    if sentence.plain(saying.at).startswith("kn") and not saying.is_party:
        # Who knows nothing of it and is no party to it leaves it open.
        return saying.verb._replace(says="doubt")
    refused = _refused(sentence, saying)
    if not refused:
        return saying.verb
    return saying.verb._replace(says="occurrence") if refused == "offer" else None


def _refused(sentence: SpeakerSentence, saying: Saying) -> str:
    """What is refused or who is dismissed, so that nothing is denied: "rejected the offer"."""
    if not sentence.is_in(saying.at, "refusing"):
        return ""
    following = _until_clause(sentence, saying.end)
    if any(sentence.is_in(i, "offers") for i in following):
        return "offer"
    is_post = len(following) == len(("the", "minister")) and sentence.is_in(following[-1], "titles")
    return "person" if is_post else ""


def _silent(sentence: SpeakerSentence, saying: Saying) -> str:
    """The word such as "not" or "declined" before a verb; empty, if there is none."""
    first = saying.at
    while first > max(0, saying.at - _NEAR) and not sentence.tokens[first - 1].is_sign:
        first -= 1
        if sentence.lookup.verbs.match(sentence.tokens, first):
            break
        if sentence.plain(first) in {"named", "identified", "quoted"}:
            break  # "who asked not to be named"
    silent = (i for i in range(first, saying.at) if sentence.is_in(i, "silent"))
    return next((sentence.plain(i) for i in silent if sentence.plain(i - 1) != "even"), "")


def _is_own_claim(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether a party says that it was its own act: "claimed the attack", "says theirs"."""
    near = range(saying.end, saying.end + _NEAR)
    is_own = any(sentence.plain(i) in {"theirs", "ours"} for i in near)
    if is_own or (saying.is_party and _is_of_own_men(sentence, saying.end)):
        return True
    following = _until_clause(sentence, saying.end)
    if not sentence.plain(saying.at).startswith("claim"):
        return False
    if saying.subject.start > saying.at and any(
        sentence.is_in(i, "deeds") for i in range(saying.at)
    ):
        return True  # "The attack was claimed on Monday by"
    plain = [sentence.plain(i) for i in following]
    if not plain and any(sentence.is_in(i, "deeds") for i in range(saying.subject.start)):
        return True  # "This attack the group claimed."
    if saying.is_party and (not plain or plain[0] in {"via", "through", "on"}):
        return True
    if "to" in plain and plain[plain.index("to") :][1:2] == ["have"]:
        return saying.is_party
    is_whole = plain[:1] in (["it"], ["them"], ["both"], ["one"], ["two"], ["all"])
    return is_whole or any(sentence.is_in(i, "deeds") for i in following)


def _is_of_own_men(sentence: SpeakerSentence, start: int) -> bool:
    """Whether what a party says is what "its men" did."""
    start += sentence.plain(start) == "that"
    is_own = sentence.plain(start) in {"its", "their", "our"} and sentence.is_in(
        start + 1, "fighters"
    )
    following = range(start + 2, start + 2 + _AS)
    return (
        is_own
        and bool(sentence.plain(start + 2))
        and not any(sentence.is_in(i, "undone") for i in following)
    )


def _until_clause(sentence: SpeakerSentence, start: int) -> range:
    """The tokens after a verb up to a sign, "that", or another verb."""
    end = start
    while end < min(len(sentence.tokens), start + _OBJECT):
        is_sum = sentence.plain(end) == "and" and sentence.plain(end + 1).isdecimal()
        if sentence.tokens[end].is_sign or (
            sentence.plain(end) in {"that", "and", "but"} and not is_sum
        ):
            break
        if sentence.is_in(end, "finite") and sentence.plain(end - 1) != "to":
            break
        end += 1
    return range(start, end)


def _is_denied(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether what is said, after the verb or before the speaker, is that it is not so."""
    said = _said(sentence, saying)
    if any(sentence.lookup.no_part.match(sentence.tokens, i) for i in said):
        return True
    first = next((i for i in said if not sentence.tokens[i].is_sign), -1)
    if sentence.plain(first - 1) in QUOTES and sentence.is_in(first, "untrue"):
        return True
    named = any(sentence.plain(i) in {"as", "it", "this", "that", "the", "them"} for i in said[:2])
    is_called = sentence.is_in(saying.at, "calling") and (named or saying.length > 1)
    if any(sentence.is_in(i, "untrue") and (is_called or _is_predicate(sentence, i)) for i in said):
        return True
    return saying.is_party and _denies_own(sentence, said)


def _said(sentence: SpeakerSentence, saying: Saying) -> Sequence[int]:
    """The tokens of what is said: those after the verb, or those before if it is the last."""
    after = range(saying.end, len(sentence.tokens))
    words = [i for i in after if not sentence.tokens[i].is_sign]
    start = min(saying.subject.start, saying.at)
    is_first = start <= 1 or sentence.plain(start - 1) not in {",", *QUOTES}
    if is_first or len(words) > _NEAR:
        following = [i for i in after if i not in range(saying.subject.start, saying.subject.end)]
        return _one_clause(sentence, following)
    return range(start)


def _one_clause(sentence: SpeakerSentence, tokens: Sequence[int]) -> Sequence[int]:
    """The tokens up to a semicolon, after which somebody else may speak."""
    stop = next((n for n, i in enumerate(tokens) if sentence.plain(i) == ";"), len(tokens))
    return tokens[:stop]


def _is_predicate(sentence: SpeakerSentence, at: int) -> bool:
    """Whether a word such as "untrue" is said of something: "is untrue", "are all lies"."""
    for back in range(at - 1, max(-1, at - _AS), -1):
        if sentence.is_in(back, "passive") or sentence.plain(back) == "as":
            return True
    return False


def _denies_own(sentence: SpeakerSentence, said: Sequence[int]) -> bool:
    """Whether a party says of itself what it does not do: "that it does not harm civilians"."""
    that = next((n for n, i in enumerate(said[:_TOLD]) if sentence.plain(i) == "that"), -1)
    own = [i for i in said[that + 1 :] if not sentence.tokens[i].is_sign][:_OWN]
    if not own:
        return False
    begins = sentence.plain(own[0])
    is_own = begins in {"they", "it", "we", "its", "their", "our"} or (
        begins == "the" and len(own) > 1 and sentence.is_in(own[1], "returning")
    )
    if not is_own:
        return False
    for n, i in enumerate(own):
        if sentence.is_in(i, "promising"):
            return False
        if sentence.plain(i) in {"not", "no", "never", "none"}:
            after = own[n + 1 : n + 2]
            return not (after and sentence.is_in(after[0], "unknowing"))
    return False
