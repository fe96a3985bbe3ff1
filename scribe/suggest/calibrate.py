"""Turn a ruling into probabilities over the codes of the pack; the rest to 1 is "none".

This is what the decision table says by itself: a plain function of the decision, with its numbers in ``decisions.yaml``. They are not
measured frequencies. Where the learned second opinion is asked, its probabilities take their place (``blend.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scribe.types.suggestion import Decision

if TYPE_CHECKING:
    from scribe.rules.pack import RulePack
    from scribe.suggest.decision_table import Ruling


def probabilities(ruling: Ruling, gaps: int, pack: RulePack) -> dict[str, float]:
    """Return the probability of every code.

    A suggested code gets the confidence of its row, less a step for each required item that is short, up to a limit; the code of the same
    donor with the other skin state and "none" get fixed shares of what is left, the others the rest. The open codes of a query share the
    confidence of its row, the first one with the larger share. With ``none``, all codes share what the confidence of the row leaves.

    Args:
        ruling: What the decision table says.
        gaps: Number of required items of the suggested code that are short.
        pack: Where the numbers are.
    """
    if ruling.row.decision is Decision.SUGGEST and ruling.code:
        return _suggested(ruling, gaps, pack)
    if ruling.row.decision is Decision.QUERY and ruling.open:
        return _open(ruling, pack)
    return _spread(1 - ruling.row.confidence, {}, pack)


def _suggested(ruling: Ruling, gaps: int, pack: RulePack) -> dict[str, float]:
    numbers = pack.decisions.calibration
    confidence = ruling.row.confidence - min(numbers.gap_limit, gaps * numbers.gap_step)
    left = 1 - confidence
    fixed = {ruling.code or "": confidence}
    rest = left * (1 - numbers.none_share)
    if ruling.twin:
        fixed[ruling.twin] = left * numbers.twin_share
        rest -= fixed[ruling.twin]
    return _spread(rest, fixed, pack)


def _open(ruling: Ruling, pack: RulePack) -> dict[str, float]:
    numbers = pack.decisions.calibration
    confidence, first = ruling.row.confidence, ruling.open[0]
    others = ruling.open[1:]
    share = numbers.first_share if others else 1.0
    fixed = {code: confidence * (1 - share) / len(others) for code in others}
    fixed[first] = confidence * share
    return _spread((1 - confidence) * (1 - numbers.none_share), fixed, pack)


def _spread(rest: float, fixed: dict[str, float], pack: RulePack) -> dict[str, float]:
    others = [code for code in pack.codes if code not in fixed]
    even = {code: rest / len(others) for code in others} if others else {}
    return {code: round({**even, **fixed}[code], 4) for code in pack.codes}
