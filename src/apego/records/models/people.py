from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from apego.records.models.kept import Kept
from apego.records.sealed import SealedText


class Role(models.TextChoices):
    VISITOR = "visitor", _("home visitor")
    SUPERVISOR = "supervisor", _("supervisor")
    COORDINATOR = "coordinator", _("coordinator")


class People(BaseUserManager["Person"]):
    def create_user(self, login: str, password: str | None = None, **facts: Any) -> Person:
        person = self.model(login=login.strip().lower(), **facts)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, login: str | None) -> Person:
        return self.get(login=(login or "").strip().lower())


class Person(AbstractBaseUser, Kept):
    """Somebody who works in the program. Parents have no login."""

    login = models.CharField(max_length=60, unique=True)
    name = SealedText()
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.VISITOR)
    supervisor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supervised",
        limit_choices_to={"role": "supervisor"},
    )
    language = models.CharField(max_length=2, choices=[("en", "English"), ("es", "Español")], default="en")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[People] = People()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(supervisor=None) | models.Q(role="visitor"),
                name="only_visitors_are_supervised",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_visitor(self) -> bool:
        return self.role == Role.VISITOR

    @property
    def is_supervisor(self) -> bool:
        return self.role == Role.SUPERVISOR

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR


class Invitation(Kept):
    """A one-time link by which a person sets a password: the first one, or a new one. Kept hashed."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class CalendarAddress(Kept):
    """The secret address of a person's calendar. Kept hashed; it can be revoked."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_addresses")
    token_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)


class Focus(Kept):
    """What a visitor would like to be curious about next. Hers alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="focuses")
    practice = models.CharField(max_length=40, blank=True)
    words = SealedText()
    until = models.DateTimeField(null=True)
