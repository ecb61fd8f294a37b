"""What a coordinator types about a person, and what a person types about herself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from apego.records.models import Person, Role
from apego.records.people import supervisors

LANGUAGES = (("en", "English"), ("es", "Español"))
LOGIN = RegexValidator(r"\A[\w.@+-]+\Z", _("Letters, digits and . - _ only, without spaces."))


def _roles() -> list[tuple[str, str]]:
    return [(role.value, capfirst(str(role.label))) for role in Role]


class Named(forms.Form):
    """Name and language: what a person may change about herself."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(
        label=_("Language of the pages"), choices=LANGUAGES, initial="en", widget=forms.RadioSelect
    )


class OwnName(Named):
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class Placed(Named):
    """A person's place in the program: her role and, for a visitor, her supervisor."""

    role = forms.ChoiceField(label=_("Role"), choices=_roles, initial=Role.VISITOR, widget=forms.RadioSelect)
    supervisor = forms.ChoiceField(
        label=_("Supervisor"), required=False, help_text=_("For home visitors. It can be chosen later too.")
    )
    field_order = ("name", "login", "role", "supervisor", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.id): one for one in supervisors()}
        self.fields["supervisor"].choices = [("", _("Nobody yet")), *_named(self.known.values())]  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_supervisor(self) -> Person | None:
        return self.known.get(self.cleaned_data["supervisor"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("supervisor") and cleaned.get("role") not in (None, Role.VISITOR):
            cleaned["supervisor"] = None
        return cleaned


class Invited(Placed):
    login = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        validators=[LOGIN],
        help_text=_("What she types to sign in, such as ana.lopez. It needs no e-mail address."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_login(self) -> str:
        login: str = self.cleaned_data["login"].lower()
        return login


class NewPassword(forms.Form):
    """The first password, or a new one. Typed twice, since nobody can look it up."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        help_text=_("At least 12 characters. A few words in a row are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Once more"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two are not the same. Type it once more."))
        return cleaned


def _named(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in people]
