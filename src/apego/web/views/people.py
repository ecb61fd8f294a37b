"""The people of the program, as the coordinator meets them; and the door by which each comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from apego.records import people as known
from apego.records.access import OutOfReach
from apego.records.actions import people as actions
from apego.records.actions.acting import NotPossible
from apego.records.models import Person
from apego.records.sealed import seal, unseal
from apego.web.forms.people import Invited, NewPassword, Placed
from apego.web.requests import Asked, done, now, reach
from apego.web.wording import because

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OPENED = "opened link"  # where a session keeps the token of a link that somebody has opened, sealed
LINK = "one-time link"  # where a session keeps a fresh link until it has been shown, sealed


def _coordinating(request: Asked) -> None:
    """A supervisor arranges who visits whom; who works here is the coordinator's alone."""
    if not request.user.is_coordinator:
        raise OutOfReach("people")


def people(request: Asked) -> HttpResponse:
    _coordinating(request)
    staff = known.staff(request.user, now())
    here = [person for person in staff if person.is_active]
    left = [person for person in staff if not person.is_active]
    return render(request, "apego/people/people.html", {"groups": known.by_role(here), "left": left})


def person_invite(request: Asked) -> HttpResponse:
    _coordinating(request)
    form = Invited(request.POST or None, initial={"language": "en"})

    def act() -> str:
        at = now()
        person = actions.invite(id=uuid4(), **form.cleaned_data, by=request.user, at=at)
        return _offered(request, person, at)

    return _done_or_asked_again(request, form, act, "apego/people/invite.html", {}, {"login-taken": "login"})


def person_edit(request: Asked, id: UUID) -> HttpResponse:
    _coordinating(request)
    person = reach(request, Person, id)
    standing = {
        "name": person.name,
        "role": person.role,
        "supervisor": str(person.supervisor_id or ""),
        "language": person.language,
    }
    form = Placed(request.POST or None, initial=standing)
    shown = {
        "person": person,
        "families": known.still_theirs(person),
        "visitors": known.still_supervised(person),
    }

    def act() -> str:
        actions.change(person=person, **form.cleaned_data, by=request.user, at=now())
        return reverse("people")

    beside = {"still-visits": "role", "still-supervises": "role", "not-yourself": "role"}
    return _done_or_asked_again(request, form, act, "apego/people/edit.html", shown, beside)


def _done_or_asked_again(
    request: Asked,
    form: Form,
    act: Callable[[], str],
    page: str,
    shown: dict[str, Any],
    beside: Mapping[str, str],
) -> HttpResponse:
    """Do it, or show the form again with what was typed: a refusal stands beside the field that it is about."""
    if form.is_valid():
        try:
            return done(request, act)
        except NotPossible as refused:
            form.add_error(beside.get(refused.code), str(because(refused.code)))
    return render(request, page, {**shown, "form": form}, status=422 if form.is_bound else 200)


def person_link(request: Asked, id: UUID) -> HttpResponse:
    """Show a fresh link, once; or make one, and show it then."""
    _coordinating(request)
    person = reach(request, Person, id)
    if request.method != "POST":
        kept = request.session.pop(LINK, None)
        address = unseal(kept["address"]) if kept and kept["person"] == str(person.id) else ""
        shown = {"person": person, "address": address, "days": actions.LINK_DAYS}
        return never_cached(render(request, "apego/people/link.html", shown))

    def act() -> str:
        at = now()
        if "lost" in request.POST:
            actions.take_keys_back(person=person, by=request.user, at=at)
        return _offered(request, person, at)

    return done(request, act)


def person_leave(request: Asked, id: UUID) -> HttpResponse:
    _coordinating(request)
    person = reach(request, Person, id)
    if request.method != "POST":
        shown = {
            "person": person,
            "families": known.still_theirs(person),
            "visitors": known.still_supervised(person),
        }
        return render(request, "apego/people/leave.html", shown)

    def act() -> str:
        actions.deactivate(person=person, by=request.user, at=now())
        return reverse("people")

    return done(request, act)


@require_POST
def person_welcome_back(request: Asked, id: UUID) -> HttpResponse:
    _coordinating(request)
    person = reach(request, Person, id)

    def act() -> str:
        at = now()
        return _offered(request, actions.welcome_back(person=person, by=request.user, at=at), at)

    return done(request, act)


def _offered(request: Asked, person: Person, at: datetime) -> str:
    """Make a link and keep it, sealed, for the one page that shows it. Give that page's address."""
    token = known.fresh_token()
    actions.offer_link(person=person, token=token, by=request.user, at=at)
    with translation.override(person.language):
        address = request.build_absolute_uri(reverse("welcome", args=[token]))
    request.session[LINK] = {"person": str(person.id), "address": seal(address)}
    return reverse("person_link", args=[person.id])


def _sign_in(request: HttpRequest, person: Person) -> None:
    """Begin a session that stands, like any other, in the list of where a person is signed in."""
    login(request, person, backend=BACKEND)
    UserSession.objects.create_from_request(request)


def never_cached(response: HttpResponse) -> HttpResponse:
    """A page with a secret on it is kept by no browser: going back does not show it again."""
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@sensitive_variables()
@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The address of a one-time link. The token goes on in the session: an address may end in a log line."""
    if known.open_invitation(token, now()) is None:
        return render(request, "apego/people/link_over.html", status=404)
    request.session[OPENED] = seal(token)
    return HttpResponseRedirect(reverse("come_in"))


@login_not_required
@sensitive_post_parameters()
@sensitive_variables()
@never_cache
def come_in(request: HttpRequest) -> HttpResponse:
    """The page that a one-time link opens: set a password, and be signed in."""
    invitation = known.open_invitation(unseal(request.session.get(OPENED, "")), now())
    if invitation is None:
        return render(request, "apego/people/link_over.html", status=404)
    person = invitation.person
    form = NewPassword(request.POST or None, person=person)
    if not form.is_valid():
        shown = {"form": form, "person": person, "first": not person.last_login}
        return render(request, "apego/people/come_in.html", shown, status=422 if form.is_bound else 200)
    try:
        person = actions.accept(
            invitation=invitation, password=form.cleaned_data["password"], by=person, at=now()
        )
    except NotPossible:  # opened twice at the same moment
        return render(request, "apego/people/link_over.html", status=404)
    del request.session[OPENED]
    if known.keys_of(person).exists():
        messages.info(request, _("Your new password is kept. Sign in with it now."))
        return HttpResponseRedirect(reverse("account_login"))
    _sign_in(request, person)
    return HttpResponseRedirect(reverse("first_keys"))


def first_keys(request: Asked) -> HttpResponse:
    """After the first password: a passkey or an authenticator is offered, and may be left."""
    return render(request, "apego/people/first_keys.html")


@login_not_required
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's invented people. Outside the demo there is no such page."""
    if not settings.DEMO or request.method != "POST":
        raise Http404
    chosen = request.POST.get("person", "")
    person = next((one for one in known.demo_people() if str(one.id) == chosen), None)
    if person is None:
        raise Http404
    _sign_in(request, person)
    with translation.override(person.language):
        return HttpResponseRedirect(reverse("today"))
