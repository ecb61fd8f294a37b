"""The forms of signing in and of one's own keys: allauth's, in our words and without its placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


def _say(form: forms.Form, **labels: Promise) -> None:
    """Name the fields in our words. A placeholder vanishes when somebody types, so there is none."""
    for name, label in labels.items():
        form.fields[name].label = str(label)
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignIn(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login=_("Sign-in name"), password=_("Password"))
        self.fields["login"].widget.attrs |= PLAIN


class ConfirmByPassword(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=_("Password"))


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            oldpassword=_("The password until now"),
            password1=_("The new password"),
            password2=_("Once more"),
        )
        self.fields["password1"].help_text = _(
            "At least 12 characters. A few words in a row are easy to keep in mind."
        )


def _by_code(form: forms.Form) -> None:
    _say(form, code=_("Code"))
    form.fields["code"].help_text = _(
        "Six digits from your authenticator app, or one of your recovery codes."
    )
    form.fields["code"].widget.attrs |= PLAIN | {"autocomplete": "one-time-code"}


class SecondStep(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _by_code(self)


class ConfirmByCode(ReauthenticateByCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _by_code(self)


class AddAuthenticator(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("The six digits that the app shows now"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """Every key is a passkey: it opens alone, and the phone or laptop asks for a finger, a face or a PIN."""

    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name=_("A name for it"))
        self.fields["name"].help_text = _("So that you know it again, such as My phone.")


class EditPasskey(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name=_("A name for it"))
