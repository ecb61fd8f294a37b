"""Signing in and out, and the keys of one's own account: allauth's views with Apego's pages.

Only what stands here is routed. Nobody signs up by herself, and no e-mail is sent: who has lost her password
or her phone asks the coordinator for a new link (`views/people.py`).
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView

from apego.records import people as known
from apego.records.actions import people as actions
from apego.web import devices
from apego.web.forms import accounts as forms
from apego.web.forms.people import OwnName
from apego.web.requests import Asked, done, now


def _page(name: str) -> str:
    return f"apego/accounts/{name}.html"


class SignIn(account_views.LoginView):  # type: ignore[misc]
    template_name = _page("sign_in")
    form_class = forms.SignIn

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            found["demo"] = known.by_role(known.demo_people())
        return found


sign_in = SignIn.as_view()
second_step = mfa.AuthenticateView.as_view(template_name=_page("second_step"), form_class=forms.SecondStep)
passkey_sign_in = webauthn.LoginWebAuthnView.as_view()
sign_out = account_views.LogoutView.as_view(template_name=_page("sign_out"))

confirm_by_password = account_views.ReauthenticateView.as_view(
    template_name=_page("confirm_by_password"), form_class=forms.ConfirmByPassword
)
confirm_by_code = mfa.ReauthenticateView.as_view(
    template_name=_page("confirm_by_code"), form_class=forms.ConfirmByCode
)
confirm_by_passkey = webauthn.ReauthenticateWebAuthnView.as_view(template_name=_page("confirm_by_passkey"))


class Password(account_views.PasswordChangeView):  # type: ignore[misc]
    template_name = _page("password")
    form_class = forms.ChangePassword

    def dispatch(self, request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        """The demo's people have no password to change; everybody else got one by her first link."""
        if not request.user.has_usable_password():
            return HttpResponseRedirect(reverse("me"))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


password = login_required(Password.as_view())
keys = mfa.IndexView.as_view(template_name=_page("keys"))
authenticator_add = totp.ActivateTOTPView.as_view(
    template_name=_page("authenticator_add"), form_class=forms.AddAuthenticator
)
authenticator_remove = totp.DeactivateTOTPView.as_view(template_name=_page("authenticator_remove"))
recovery_codes = recovery.ViewRecoveryCodesView.as_view(template_name=_page("recovery_codes"))
recovery_codes_make = recovery.GenerateRecoveryCodesView.as_view(template_name=_page("recovery_codes_make"))
# All keys stand on one page; allauth's own list of passkeys leads there.
passkeys = RedirectView.as_view(url=reverse_lazy("mfa_index"))
passkey_add = webauthn.AddWebAuthnView.as_view(
    template_name=_page("passkey_add"), form_class=forms.AddPasskey
)
passkey_edit = webauthn.EditWebAuthnView.as_view(
    template_name=_page("passkey_edit"), form_class=forms.EditPasskey
)
passkey_remove = webauthn.RemoveWebAuthnView.as_view(template_name=_page("passkey_remove"))


def me(request: Asked) -> HttpResponse:
    """One's own page: name and language, and the way to everything else that is one's own."""
    person = request.user
    form = OwnName(request.POST or None, initial={"name": person.name, "language": person.language})
    if not form.is_valid():
        return render(request, _page("me"), {"form": form}, status=422 if form.is_bound else 200)

    def act() -> str:
        changed = actions.change_own(**form.cleaned_data, by=person, at=now())
        with translation.override(changed.language):
            messages.success(request, _("Your name and language are kept."))
            return reverse("me")

    return done(request, act)


def sessions(request: Asked) -> HttpResponse:
    """Where this person is signed in now, the newest first."""
    found = sorted(
        UserSession.objects.purge_and_list(request.user), key=lambda one: one.created_at, reverse=True
    )
    shown = [(one, devices.told(one.user_agent)) for one in found]
    return render(request, _page("sessions"), {"sessions": shown})


@require_POST
def session_end(request: Asked, pk: int) -> HttpResponse:
    found = UserSession.objects.filter(user=request.user, pk=pk).first()
    if found is None:
        raise Http404

    def act() -> str:
        found.end()
        messages.success(request, _("That device is signed out."))
        return reverse("usersessions_list")

    return HttpResponseRedirect(reverse("account_logout")) if found.is_current() else done(request, act)
