"""What somebody's words come to: a claim of responsibility, a denial, or no statement at all.

The verb decides, unless what is said does: "said that it was a lie" denies, and "said it was
theirs" takes responsibility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.dossier.records import ClaimKind
from geo.reports.number_words import number_phrase
from geo.reports.speaker_sentences import SpeakerSentence
from geo.reports.speaker_verbs import SpeechVerb
from geo.reports.speaker_words import QUOTES, SpeakerWords

_NEAR: Final = 5
"""Tokens before a verb in which "not" is about it."""
_OBJECT: Final = 7
"""Tokens of what is claimed: "claimed Friday's double suicide attack on a mosque" has five."""
_OWN: Final = 7
"""Tokens at the beginning of what is said among which a party says "we did not"."""
_TOLD: Final = 10
"""Tokens between "told" and "that": "told the agency by telephone on Monday that" has seven."""
_POST: Final = 2
"""Tokens of "the minister", who is dismissed."""
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
    if verb.says == "casualties" and not _is_of_lost(sentence, saying):
        verb = verb._replace(says="occurrence")
    if verb.says == "occurrence" and _is_no_statement(sentence, saying):
        return None
    if (silent := _silent(sentence, saying)) >= 0:
        is_denied = verb.says == "acknowledgement" and not sentence.is_in(silent, "lacking")
        if _leaves_open(sentence, saying):
            return verb._replace(says="doubt")
        return verb._replace(says="denial") if is_denied else None
    if verb.says == "acknowledgement":
        # A hospital admits patients.
        is_hospital = sentence.role_of(saying.subject)[1] == "third_party"
        is_taken_in = sentence.begins_in(saying.at, "admitting") and is_hospital
        return None if is_taken_in else verb
    if verb.says == "denial":
        return _denial(sentence, saying)
    return verb if verb.says != "occurrence" else verb._replace(says=_asserted(sentence, saying))


def _is_no_statement(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether it is an act, "declared a truce", or tells of a thing: "those whom it named"."""
    if _is_wordless(sentence, saying.end):
        return True
    is_act = sentence.begins_in(saying.at, "announcing") and any(
        sentence.is_in(i, "acts") for i in _until_clause(sentence, saying.end)
    )
    says_what = sentence.begins_in(saying.at, "saying_what")
    first = saying.subject.start
    is_called = sentence.is_in(saying.at, "calling")
    is_of_thing = sentence.is_in(first - 1, "relative") and (
        is_called or not sentence.is_in(first - 2, "before_which")
    )
    return is_act or (not says_what and is_of_thing)


def _is_of_lost(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether people are counted: "spoke of nine dead", and not "spoke of heavy bombing"."""
    if not sentence.is_in(saying.end - 1, "genitive"):
        return True
    near = range(saying.end, min(len(sentence.tokens), saying.end + _NEAR))
    return any(sentence.is_in(i, "lost_people") or number_phrase(sentence.tokens, i) for i in near)


def _is_wordless(sentence: SpeakerSentence, end: int) -> bool:
    """Whether nothing is said: "have said nothing", and not "said nothing was found"."""
    is_last = not sentence.plain(end + 1) or sentence.tokens[end + 1].is_sign
    is_about = sentence.is_in(end + 1, "after_wordless")
    return sentence.is_in(end, "wordless") and (is_last or is_about)


def _leaves_open(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether it is left open: "did not dispute it", "neither confirmed nor denied it"."""
    is_unsaid = any(sentence.is_in(i, "unsaid") for i in (saying.at - 1, saying.at - 2))
    return saying.verb.says == "denial" and sentence.begins_in(saying.at, "denying") and is_unsaid


def _asserted(sentence: SpeakerSentence, saying: Saying) -> ClaimKind:
    """What a verb such as "said" comes to by what is said."""
    if _is_own_claim(sentence, saying):
        return "responsibility"
    return "denial" if _is_denied(sentence, saying) else "occurrence"


def _denial(sentence: SpeakerSentence, saying: Saying) -> SpeechVerb | None:
    """What "knew nothing of" or "rejected" comes to."""
    if sentence.begins_in(saying.at, "knowing") and not saying.is_party:
        # Who knows nothing of it and is no party to it leaves it open.
        return saying.verb._replace(says="doubt")
    if not sentence.is_in(saying.at, "refusing"):
        return saying.verb
    refused = _until_clause(sentence, saying.end)
    if any(sentence.is_in(i, "offers") for i in refused):
        return saying.verb._replace(says="occurrence")  # "rejected the offer"
    is_post = len(refused) == _POST and sentence.is_in(refused[-1], "titles")
    return None if is_post else saying.verb  # "dismissed the minister"


def _silent(sentence: SpeakerSentence, saying: Saying) -> int:
    """The token such as "not" or "declined" before a verb; -1, if there is none."""
    first = saying.at
    while first > max(0, saying.at - _NEAR) and not sentence.tokens[first - 1].is_sign:
        first -= 1
        if sentence.lookup.verbs.match(sentence.tokens, first):
            break
        if sentence.is_in(first, "naming"):
            break  # "who asked not to be named"
    within = range(saying.subject.start + 1, saying.subject.end)  # a name can have "without"
    near = (
        i for i in range(first, saying.at) if not (i in within and sentence.tokens[i].is_capital)
    )
    silent = (i for i in near if sentence.is_in(i, "silent"))
    return next((i for i in silent if not sentence.is_in(i - 1, "conceding")), -1)


def _is_own_claim(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether a party says that it was its own act: "claimed the attack", "says theirs"."""
    near = range(saying.end, saying.end + _NEAR)
    is_own = any(
        sentence.is_in(i, "own_acts") and not sentence.is_in(i - 1, "negations") for i in near
    )
    if is_own or (saying.is_party and _is_of_own_men(sentence, saying.end)):
        return True
    return sentence.begins_in(saying.at, "claiming") and _claims_deed(sentence, saying)


def _claims_deed(sentence: SpeakerSentence, saying: Saying) -> bool:
    """Whether it is a deed that is claimed, before the verb or after it."""
    following = _until_clause(sentence, saying.end)
    if saying.subject.start > saying.at or not following:
        # "The attack was claimed on Monday by", "This attack the group claimed."
        first = min(saying.at, saying.subject.start)
        if any(sentence.is_in(i, "deeds") for i in range(first)):
            return True
    if saying.is_party and (not following or sentence.is_in(following[0], "by_channel")):
        return True
    if sentence.is_in(saying.end, "clause_word") and sentence.is_in(saying.end + 1, "deeds"):
        # "claimed that attack in a video"
        return not sentence.is_in(saying.end + 2, "finite")
    to = next((i for i in following if sentence.is_in(i, "allative")), -1)
    if to + 1 in following and sentence.is_in(to + 1, "having"):
        return saying.is_party
    is_whole = bool(following) and sentence.is_in(following[0], "claimed_whole")
    return is_whole or any(sentence.is_in(i, "deeds") for i in following)


def _is_of_own_men(sentence: SpeakerSentence, start: int) -> bool:
    """Whether what a party says is what "its men" did."""
    start += sentence.is_in(start, "clause_word")
    is_own = sentence.is_in(start, "own_men") and sentence.is_in(start + 1, "fighters")
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
        is_sum = sentence.is_in(end, "joins") and sentence.plain(end + 1).isdecimal()
        is_cut = sentence.is_in(end, "after_object") and not is_sum
        is_verb = sentence.is_in(end, "finite") and not sentence.is_in(end - 1, "allative")
        if sentence.tokens[end].is_sign or is_cut or is_verb:
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
    named = any(sentence.is_in(i, "called_so") for i in said[:2])
    is_so = named or saying.length > 1 or sentence.is_in(saying.end, "untrue")
    is_called = sentence.is_in(saying.at, "calling") and is_so
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
        if sentence.is_in(back, "passive") or sentence.is_in(back, "manner"):
            return True
    return False


def _denies_own(sentence: SpeakerSentence, said: Sequence[int]) -> bool:
    """Whether a party says of itself what it does not do: "that it does not harm civilians"."""
    that = next((n for n, i in enumerate(said[:_TOLD]) if sentence.is_in(i, "clause_word")), -1)
    own = [i for i in said[that + 1 :] if not sentence.tokens[i].is_sign][:_OWN]
    if not own:
        return False
    is_group = len(own) > 1 and sentence.is_in(own[1], "returning")
    is_own = sentence.is_in(own[0], "own_subjects") or (
        sentence.is_in(own[0], "definite") and is_group
    )
    if not is_own:
        return False
    for n, i in enumerate(own):
        if sentence.is_in(i, "promising"):
            return False
        if sentence.is_in(i, "negations"):
            after = own[n + 1 : n + 2]
            return not (after and sentence.is_in(after[0], "unknowing"))
    return False
