"""Words from the banks for the visits that no family file tells.

A family never hears the same words twice: where nothing is left that fits, nothing is said. Among what fits, what
the program has used least comes first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from random import Random

from apego.demo.content import Content, FromBank
from apego.demo.stage import Home


class Bank:
    """The words of all banks, and where each of them was used."""

    def __init__(self, content: Content) -> None:
        self._by_sort: defaultdict[str, list[FromBank]] = defaultdict(list)
        for entry in content.bank:
            self._by_sort[entry.sort].append(entry)
        self._used: Counter[str] = Counter()
        self._heard: defaultdict[str, set[str]] = defaultdict(set)

    def choose(
        self, sort: str, home: Home, chance: Random, fits: Callable[[FromBank], bool] = lambda entry: True
    ) -> FromBank | None:
        """Give words that fit a family and were never used there, or None."""
        heard = self._heard[home.told.slug]
        left = [
            one
            for one in self._by_sort[sort]
            if one.en not in heard and fits(one) and _for_this_home(one, home)
        ]
        if not left:
            return None
        least = min(self._used[one.en] for one in left)
        found = chance.choice([one for one in left if self._used[one.en] == least])
        self._used[found.en] += 1
        heard.add(found.en)
        return found


def _for_this_home(entry: FromBank, home: Home) -> bool:
    if home.signs and entry.sort == "moment" and not entry.hands:
        return False
    return {
        "": True,
        "celebrates": home.told.celebrates,
        "two_languages": len(home.told.home_languages) > 1,
        "interpreter": bool(home.told.interpreter),
    }[entry.only]
