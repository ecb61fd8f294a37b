"""What makes a function an action: all or nothing, and one line in the log, whatever it does.

An action takes everything by name; `by` is the person who acts and `at` the moment of acting. It gives
back the record that it changed. The line in the log carries the action's own name.

All that an action is given is of one family. The id of what it makes comes from a form or a device, and one
that is another family's already is refused, so that nobody gets hold of a record by naming its id.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from apego.records import log

Asked = ParamSpec("Asked")
Changed = TypeVar("Changed", bound=models.Model)


class NotPossible(Exception):
    """An action that cannot be done as things stand. `code` names the sentence that says why and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def action(function: Callable[Asked, Changed]) -> Callable[Asked, Changed]:
    """Make a function an action. It must take `by` and `at`, and give back the record it changed.

    Raises NotPossible where what it was given, or what stands under its `id`, is of two families.
    """
    verb = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"

    @wraps(function)
    def acted(*args: Asked.args, **kwargs: Asked.kwargs) -> Changed:
        with transaction.atomic():
            thing = function(*args, **kwargs)
            named: dict[str, Any] = kwargs
            _must_be_of_one_family(thing, *named.values())
            log.write(by=named["by"], at=named["at"], verb=verb, thing=thing)
        return thing

    return acted


def _must_be_of_one_family(*things: object) -> None:
    families = {log.family_of(thing) for thing in things if isinstance(thing, models.Model)}
    if len(families - {None}) > 1:
        raise NotPossible("of-another-family")


def locked(thing: Changed) -> Changed:
    """Give the record as it stands now, held for this transaction."""
    return type(thing)._default_manager.select_for_update().get(pk=thing.pk)
