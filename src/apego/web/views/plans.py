"""The plan of a visit, made with the parent; and weekly visits, laid out ahead."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apego.practice.planning import plan_parts
from apego.records import planning
from apego.records.access import Permission, require, visible
from apego.records.actions import drafts, plans, series
from apego.records.models import Family, Plan, Series
from apego.web.form_pages import form_page, saved, sent_id
from apego.web.forms.plans import PlanForm
from apego.web.forms.visits import NewSeries
from apego.web.notebooks import place, put_back
from apego.web.requests import Asked, done, look, now, reach
from apego.web.views.visits import address_of, unfinished


def plan(request: Asked, id: UUID) -> HttpResponse:
    """A plan opens on the last visit and on what the parent said since; everything may stay empty."""
    visit = unfinished(request, id)
    kept = visible(request.user, Plan).filter(visit=visit).prefetch_related("made_with").first()
    last = planning.last_visit(visit)
    on = timezone.localdate(visit.planned_at)
    children = [child for child in visit.family.children.all() if child.enrolled] or list(
        visit.family.children.all()
    )
    initial = {"made_with": visit.family.caregivers.filter(left_on=None)[:1]} | PlanForm.as_it_stands(kept)
    form = PlanForm(request.POST or None, family=visit.family, initial=initial)
    typed = drafts.of(request.user, place(visit, "plan")).get(place(visit, "plan"))
    put_back(form, typed)

    chosen = set(form["invitations"].value() or ())
    near, folded = planning.laid_out(planning.offers(children, on), chosen, on)

    def act() -> str:
        written = plans.write(
            visit=visit,
            base_version=form.cleaned_data["base_version"],
            by=request.user,
            at=now(),
            **form.planned,
        )
        drafts.forget(request.user, place(visit, "plan"))
        return saved(request, written, address_of(visit))

    return form_page(
        request,
        form,
        act,
        "apego/visits/plan.html",
        visit=visit,
        family=visit.family,
        children=children,
        last=last,
        since=planning.since(visit, last),
        parts=plan_parts(),
        near=near,
        folded=folded,
        chosen=chosen,
        questions=planning.questions(children, on),
        asked=set(form["questions"].value() or ()),
        draft=typed,
    )


def series_new(request: Asked, id: UUID) -> HttpResponse:
    """Begin weekly visits: eight weeks are laid out at once, and each week that passes adds one."""
    require(request.user, Permission.WRITE)
    family = look(request, Family, id)
    today = timezone.localdate()
    goers = planning.visitors_for(family, today, request.user)
    initial = {"since": today, "weekday": today.weekday(), "visitor": request.user.pk}
    form = NewSeries(request.POST or None, visitors=goers, initial=initial)

    def act() -> str:
        asked = form.cleaned_data
        series.begin(id=sent_id(request), family=family, by=request.user, at=now(), **asked)
        return reverse("family_visits", args=[family.pk])

    return form_page(
        request,
        form,
        act,
        "apego/visits/form.html",
        family=family,
        title=_("Weekly visits"),
        button=_("Lay them out"),
    )


@require_POST
def series_end(request: Asked, id: UUID) -> HttpResponse:
    """End weekly visits today; what lies ahead and holds nothing yet goes."""
    require(request.user, Permission.WRITE)
    found = reach(request, Series, id)

    def act() -> str:
        series.end(series=found, until=timezone.localdate(), by=request.user, at=now())
        return reverse("family_visits", args=[found.family_id])

    return done(request, act)
