"""What did not happen to people: threats, plans, attempts, and what is denied."""

from __future__ import annotations

from typing import Final

from geo.reports.number_people import SentencePeople

_INTENT: Final = 4
"""Tokens before "to kill" among which "threatened" is looked for."""


class SentenceUnreal(SentencePeople):
    """Which verbs of one sentence tell of nothing that happened."""

    def is_unreal(self, verb: int) -> bool:
        """Whether the verb of "threatened to kill" or "could have killed" stands there."""
        before = verb - 1
        if self.is_in(before, "denying_verbs"):
            return True
        if self.is_in(before, "having"):
            return self.is_in(before - 1, "unreal")
        if self.is_in(before, "unreal"):
            return True
        return self.is_in(before, "infinitive") and self._is_intended(before)

    def is_unreal_passive(self, participle: int) -> bool:
        """Whether "could be killed", "would have been" or "are to be hanged" ends there."""
        be = participle - 1
        while self.is_in(be, "having") or self.is_in(be, "been"):
            be -= 1
        is_unreal = be < participle - 1 and self.is_in(be, "unreal")
        is_planned = self.is_in(be, "infinitive") and self.is_in(be - 1, "passive_of_many")
        return is_unreal or (be == participle - 2 and is_planned)

    def _is_intended(self, at: int) -> bool:
        for i in range(at - 1, max(-1, at - _INTENT), -1):
            if self.tokens[i].is_sign:
                return False
            if self.is_in(i, "intending"):
                return True
        return False
