"""Fields whose words are sealed in the database: a copy of its file tells nobody a family's name.

Fernet (AES-128-CBC with an HMAC) through a MultiFernet: the first key seals, all of them open, so
that a key can be changed without a pause. A sealed field cannot be searched or ordered by the
database; what one person may see is few enough to be opened and searched in memory.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


class CannotBeOpened(Exception):
    """A sealed value was sealed with a key that this installation does not have."""


@lru_cache(maxsize=4)
def _sealer(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(words: str) -> str:
    """Give words as they are kept: unreadable without the key. No words stay no words."""
    return _sealer(tuple(settings.SEALING_KEYS)).encrypt(words.encode()).decode() if words else ""


def unseal(kept: str) -> str:
    """Give the words back. Raises CannotBeOpened where the key is another."""
    try:
        return _sealer(tuple(settings.SEALING_KEYS)).decrypt(kept).decode() if kept else ""
    except InvalidToken:
        raise CannotBeOpened("The keys of this installation do not open its words.") from None


class SealedText(models.TextField):  # type: ignore[type-arg]
    """Words, sealed. Absent words are the empty text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return unseal(value or "")

    def get_prep_value(self, value: Any) -> str:
        return seal(str(value or ""))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: no database can look inside it.")


class SealedJSON(SealedText):
    """A small structure of words, sealed. Absent is the empty dictionary."""

    _pyi_private_set_type: Any  # what django-stubs takes for the attribute's type
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "default": dict})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "default": dict}

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return json.loads(unseal(value)) if value else {}

    def get_prep_value(self, value: Any) -> str:
        return seal(json.dumps(value, ensure_ascii=False)) if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)
