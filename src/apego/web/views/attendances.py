"""One family at a group: who of it came, and the moments that were seen, which are that family's alone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.records import access, gatherings
from apego.records.access import OutOfReach, Permission, may, require
from apego.records.actions import moments
from apego.records.actions import socializations as actions
from apego.records.families import written_is_open
from apego.records.models import Attendance, Moment
from apego.records.noting import shown_at
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.moments import MomentForm
from apego.web.notebooks import page_language
from apego.web.requests import Asked, done, look, now, reach

AT_HOME = Attendance.objects.select_related("family", "socialization").prefetch_related(
    "children", "caregivers", "family__children", "family__caregivers"
)


def attendance(request: Asked, id: UUID) -> HttpResponse:
    """What was seen of a family at a group; written by who visits it, until the group is finished."""
    found = reach(request, Attendance, id, AT_HOME)
    if not written_is_open(request.user, found.family):
        raise OutOfReach(id)
    look(request, Attendance, id)
    may_write = may(request.user, Permission.WRITE) and found.socialization.finished_at is None
    if request.method == "POST":
        require(request.user, Permission.WRITE)
    children = list(found.children.all() or found.family.children.all())
    here = {"children": [child.pk for child in children]}
    form = MomentForm(request.POST if request.method == "POST" else None, family=found.family, initial=here)

    def act() -> str:
        words = form.cleaned_data["words"]
        actions.keep(
            id=sent_id(request), attendance=found, words=words, by=request.user, at=now(), **form.seen
        )
        return reverse("attendance", args=[found.pk]) + "#kept"

    said = {
        "attendance": found,
        "group": found.socialization,
        "moments": gatherings.moments_of(request.user, found, page_language()),
        "removed": gatherings.removed_of(request.user, found) if may_write else (),
        "may_write": may_write,
        "shown": shown_at(children, timezone.localdate(found.socialization.at)),
    }
    return form_page(request, form, act, "apego/socializations/attendance.html", **said)


def _mine(request: Asked, id: UUID) -> tuple[Moment, Attendance]:
    """Give a moment of a group and the family's attendance, for who writes; a visit's moment is elsewhere."""
    require(request.user, Permission.WRITE)
    moment = reach(request, Moment, id, Moment.objects.select_related("family", "socialization"))
    here = access.visible(request.user, Attendance).filter(
        family=moment.family, socialization=moment.socialization
    )
    found = here.select_related("family", "socialization").first()
    if moment.socialization is None or found is None:
        raise OutOfReach(id)
    return moment, found


def group_moment(request: Asked, id: UUID) -> HttpResponse:
    """Write a moment anew."""
    moment, found = _mine(request, id)
    look(request, Moment, id)
    children = list(found.family.children.all())
    named = ("words", "parent_words", "kinds", "capacities", "domains", "goals")
    standing = {name: getattr(moment, name) for name in named}
    standing |= {"base_version": moment.version, "children": [child.pk for child in moment.children.all()]}
    form = MomentForm(
        request.POST if request.method == "POST" else None, family=found.family, initial=standing
    )

    def act() -> str:
        asked = form.cleaned_data
        changed = moments.change(
            moment=moment,
            words=asked["words"],
            base_version=asked["base_version"],
            by=request.user,
            at=now(),
            **form.seen,
        )
        return saved(request, changed, f"{reverse('attendance', args=[found.pk])}#m-{moment.pk}")

    said = {
        "attendance": found,
        "group": found.socialization,
        "moment": moment,
        "shown": shown_at(children, timezone.localdate(found.socialization.at)),
    }
    return form_page(request, form, act, "apego/socializations/moment.html", **said)


@require_POST
def group_moment_remove(request: Asked, id: UUID) -> HttpResponse:
    moment, found = _mine(request, id)

    def act() -> str:
        moments.remove(moment=moment, by=request.user, at=now())
        messages.success(request, _("Taken out. You can put it back at the foot of the page."))
        return reverse("attendance", args=[found.pk])

    return done(request, act)


@require_POST
def group_moment_restore(request: Asked, id: UUID) -> HttpResponse:
    moment, found = _mine(request, id)

    def act() -> str:
        moments.restore(moment=moment, by=request.user, at=now())
        return f"{reverse('attendance', args=[found.pk])}#m-{moment.pk}"

    return done(request, act)


@require_POST
def group_moment_leave(request: Asked, id: UUID) -> HttpResponse:
    """Leave a word as it is that the note check asked about."""
    moment, found = _mine(request, id)

    def act() -> str:
        moments.leave(moment=moment, mark=request.POST.get("word", "")[:64], by=request.user, at=now())
        return f"{reverse('attendance', args=[found.pk])}#m-{moment.pk}"

    return done(request, act)
