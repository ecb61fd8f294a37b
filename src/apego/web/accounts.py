"""Sign-in as this program wants it: nobody signs up by herself; a person opens in her own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apego.environment import value
from apego.records.models import Person
from apego.records.people import keys_of
from apego.records.sealed import seal, unseal
from apego.web.drawing import qr

# What is said after something was done, by the name of allauth's own text. What is not here is not said.
SAID: Mapping[str, Promise] = {
    "account/messages/password_changed.txt": gettext_lazy(
        "Your password is changed. Other devices are signed out."
    ),
    "mfa/messages/totp_activated.txt": gettext_lazy("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Your authenticator app is removed."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "These are your new codes. Those before open no more."
    ),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
}
INCORRECT_CODE = gettext_lazy(
    "This code does not fit. Codes change every half minute: try the one shown now."
)
TOO_MANY = gettext_lazy(
    "Too many attempts. Wait five minutes and try again, or ask your coordinator for a new link."
)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "This name and password do not go together. Check both, or ask your coordinator for a new link."
        ),
        "incorrect_password": gettext_lazy("This is not the password."),
        "enter_current_password": gettext_lazy("This is not the password until now."),
        "incorrect_code": INCORRECT_CODE,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with translation.override(getattr(request.user, "language", None) or translation.get_language()):
            return reverse("today")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("me")

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Somebody who has left hears what a stranger hears, and that whom to ask."""
        messages.error(request, str(self.error_messages["username_password_mismatch"]))
        return HttpResponseRedirect(reverse("account_login"))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the address that a rate limit counts by.

        Behind a proxy every request comes from the proxy, and twenty wrong passwords in an office would lock
        out the whole program. The last entry of X-Forwarded-For is the one that the program's own proxy wrote;
        those before it are the sender's to invent.
        """
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if value("APEGO_HTTPS") == "yes" and forwarded:
            return str(forwarded.rpartition(",")[2].strip())
        return str(super().get_client_ip(request))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str = "",
        *_: Any,
        message: str = "",
        **__: Any,
    ) -> None:
        told = message or SAID.get(message_template, "")
        if told:
            messages.add_message(request, level, str(told))


class Keys(DefaultMFAAdapter):  # type: ignore[misc]
    """Second steps and passkeys: their secrets are sealed like a family's words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": INCORRECT_CODE,
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        return qr(url)

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        return _("My phone") if not keys_of(user).filter(type=type).exists() else _("Another device")

    def _get_site_name(self) -> str:
        return "Apego"
