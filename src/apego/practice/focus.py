"""The focus that a visitor may take into her next visit: which practice grows from which finding.

The rule stands in `content/focus.toml`; finding is the subject of `apego.listening.wondering`.
"""

from __future__ import annotations

from functools import cache

from apego.practice.content import ContentError, load
from apego.practice.practices import practices

OFFERED_BESIDE = 2


@cache
def grows_from() -> dict[str, str]:
    """Give the practice for each kind of finding, the one that decides first standing first.

    >>> grows_from()["unfinished"]
    'listen'
    """
    return {kind: _known(practice) for kind, practice in load("focus")["grows_from"].items()}


def beside(practice: str) -> tuple[str, ...]:
    """Give the practices that are offered beside one.

    >>> beside("observe_describe")
    ('lead_to_reflect', 'support_competence')
    """
    offered = [_known(other) for other in load("focus")["beside"]["practices"] if other != practice]
    return tuple(offered[:OFFERED_BESIDE])


def _known(practice: str) -> str:
    if practice not in practices():
        raise ContentError(f"focus: there is no practice {practice}")
    return practice
