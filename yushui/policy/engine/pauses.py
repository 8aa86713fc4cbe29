"""The months of claims that an event stops or leaves open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from yushui.policy.engine.alike import Places, changes
from yushui.policy.engine.answers import NUMBER_OF_PAUSE
from yushui.policy.engine.claims import Claims, Stops, join_stops
from yushui.policy.engine.days import FAR, are_late, months_of, pack_days
from yushui.policy.engine.feed import Prepared, Register, find_rows, runs
from yushui.policy.engine.terms import AFTER, MODES, OF, OPEN
from yushui.policy.types import EPOCH, NONE

Wide = NDArray[np.int64]
DAY_BITS = 22  # enough for every day there is
NEVER = (1 << DAY_BITS) - 1
CONFIRM_WITHIN = 60  # days


def make_stops(prepared: Prepared, register: Register, claims: Claims, first_month: int, end_month: int) -> Stops:
    """All that stops a month of the window, or leaves it open."""
    stops = [claims.grown]
    if len(register.facts.events["on"]) and len(claims.row):
        events = Events(register, claims)
        stops += [
            how(prepared, claims, events) for how in (_sentenced, _cancelled, _unconfirmed, _moved_out, _moved_in)
        ]
    found = join_stops(stops)
    meets = np.flatnonzero((found.f < end_month) & (found.t > first_month) & (found.f < found.t))
    return Stops(*(column[meets] for column in found))


class Events:
    """Events of those who hold claims, as sorted numbers: the person as `Claims` counts them, and the day."""

    def __init__(self, register: Register, claims: Claims) -> None:
        facts = register.facts
        first = np.flatnonzero(changes(claims.person))
        ids = facts.statuses["person_id"][claims.row[first]]
        person = find_rows(ids, facts.events["person_id"])
        self.numbers = person << DAY_BITS | (facts.events["on"] + EPOCH)
        is_known = (person >= 0) & (facts.events["on"] != NONE)
        self.what, self.word = np.where(is_known, facts.events["what"], -1), register.word

    def of(self, what: str) -> Wide:
        """The events of one kind, by person and day, each once."""
        word = self.word(what)
        return np.unique(self.numbers[self.what == word]) if word >= 0 else np.zeros(0, np.int64)

    def following(self, events: Wide, what: str, after: int) -> Wide:
        """The day of the first event of a kind, so many days after each event or later; NEVER if there is none."""
        others = np.append(self.of(what), -1)
        found = others[np.searchsorted(others[:-1], events + after)]
        return np.where(found >> DAY_BITS == events >> DAY_BITS, found & NEVER, NEVER)

    def preceding(self, events: Wide, what: str) -> Wide:
        """The day of the last event of a kind before each; NEVER if there is none."""
        others = np.insert(self.of(what), 0, -1)
        found = others[np.searchsorted(others[1:], events)]
        return np.where(found >> DAY_BITS == events >> DAY_BITS, found & NEVER, NEVER)


def _packed(days: Wide) -> NDArray[np.int32]:
    return pack_days(days - EPOCH)


def _month(days: Wide) -> Wide:
    """Months of days; FAR for NEVER."""
    return np.where(days == NEVER, FAR, months_of(_packed(days)))


def _january(days: Wide) -> Wide:
    """The January after each day; FAR for NEVER."""
    return np.where(days == NEVER, FAR, (_month(days) // 12 + 1) * 12)


def _heeding(prepared: Prepared, claims: Claims, events: Wide, what: str) -> tuple[Places, Places]:
    """The claims of the persons of events whose rules heed them, and for each the place of its event."""
    person = events >> DAY_BITS
    begins = np.searchsorted(claims.person, person)
    times = np.searchsorted(claims.person, person, side="right") - begins
    event = np.repeat(np.arange(len(events)), times)
    claim = runs(begins, times)
    heeds = np.array([what in p.rule.suspended_by for p in prepared.placed], bool)[claims.rid[claim]]
    return claim[heeds], event[heeds]


def _modes(prepared: Prepared, claims: Claims, part: str, claim: Places) -> Places:
    """How the place counts a part month, by claim."""
    return np.array([MODES[p.rule.parts.get(part, "ask")] for p in prepared.placed], np.intp)[claims.rid[claim]]


def _sentenced(prepared: Prepared, claims: Claims, events: Events) -> Stops:
    """条例2024 §59: served months; those of sentence and release are the place's to settle."""
    sentences = events.of("SENTENCED")
    claim, event = _heeding(prepared, claims, sentences, "SENTENCED")
    day, freed = (sentences & NEVER)[event], events.following(sentences, "RELEASED", 0)[event]
    sentence, release = (_modes(prepared, claims, part, claim) for part in ("sentence", "release"))
    late, late_free = are_late(_packed(day)), are_late(_packed(freed)) & (freed != NEVER)
    first, last = _month(day), _month(freed)
    return join_stops([
        _stops(claim, "sentenced", first + (late & (sentence != OF)), last + (late_free & (release == AFTER))),
        _stops(claim, "sentence_month", first, first + (late & (sentence == OPEN))),
        _stops(claim, "release_month", last, last + (late_free & (release == OPEN))),
    ])  # fmt: skip


def _stops(claim: Places, name: str, f: Wide, t: Wide) -> Stops:
    """Months [f, t) of claims, for one reason."""
    return Stops(claim, f, t, np.full(len(claim), NUMBER_OF_PAUSE[name]))


def _cancelled(prepared: Prepared, claims: Claims, events: Events) -> Stops:
    """From the month after."""
    days = events.of("CANCELLED")
    return _of_claims(
        prepared, claims, days, "CANCELLED", _month(days & NEVER) + 1, np.full(len(days), FAR), "cancelled"
    )


def _unconfirmed(prepared: Prepared, claims: Claims, events: Events) -> Stops:
    """办法 §25: sixty days after the notice, from the next month, until the month after a confirmation."""
    notices = events.of("UNCONFIRMED_NOTICE")
    confirmed = events.following(notices, "CONFIRMED", 0)
    notices, confirmed = (c[confirmed > (notices & NEVER) + CONFIRM_WITHIN] for c in (notices, confirmed))
    f, t = _month((notices & NEVER) + CONFIRM_WITHIN) + 1, _month(confirmed) + 1
    return _of_claims(prepared, claims, notices, "UNCONFIRMED_NOTICE", f, t, "unconfirmed")


def _moved_out(prepared: Prepared, claims: Claims, events: Events) -> Stops:
    """The old county pays to December (烈士褒扬条例 §22), and again from the January after a return."""
    outs = events.of("MOVED_OUT")
    f, t = _january(outs & NEVER), _january(events.following(outs, "MOVED_IN", 1))
    return _of_claims(prepared, claims, outs, "MOVED_OUT", f, t, "moved_out")


def _moved_in(prepared: Prepared, claims: Claims, events: Events) -> Stops:
    """The new county pays from January, unless it is the one that paid the year's beginning."""
    ins = events.of("MOVED_IN")
    left = events.preceding(ins, "MOVED_OUT")
    f, t = np.where(left == NEVER, 0, _january(left)), _january(ins & NEVER)
    return _of_claims(prepared, claims, ins, "MOVED_IN", f, t, "moved_in")


def _of_claims(prepared: Prepared, claims: Claims, events: Wide, what: str, f: Wide, t: Wide, name: str) -> Stops:
    """Months of events as months of the claims that heed them."""
    claim, event = _heeding(prepared, claims, events, what)
    return _stops(claim, name, f[event], t[event])
