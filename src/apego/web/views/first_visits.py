"""The guide of a first visit: what has been said, in which language, and what has not been said yet."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apego.practice import first_visit as content
from apego.records import access
from apego.records import families as questions
from apego.records.access import Permission
from apego.records.actions import first_visit as actions
from apego.records.models import Said
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.first_visit import SaidForm
from apego.web.notebooks import page_language
from apego.web.requests import Asked, done, now, reach
from apego.web.views.families import written


def first_visit(request: Asked, id: UUID) -> HttpResponse:
    family = written(request, id)
    said = {one.topic: one for one in access.visible(request.user, Said).filter(family=family)}
    visitor = questions.name_of_visitor(request.user, family, timezone.localdate())
    spoken_first = next(iter(family.home_languages), "eng")
    form = SaidForm(
        request.POST if request.method == "POST" else None,
        initial={"language": spoken_first, "interpreted": family.interpreter_needed},
    )
    if request.method == "POST":
        access.require(request.user, Permission.WRITE)

    def act() -> str:
        told, today = form.cleaned_data, timezone.localdate()
        actions.say(id=sent_id(request), family=family, **told, on=today, by=request.user, at=now())
        return f"{reverse('first_visit', args=[family.pk])}#{told['topic']}"

    return form_page(
        request,
        form,
        act,
        "apego/families/first_visit.html",
        family=family,
        topics=[
            (topic, said.get(topic.id), topic.said_by(visitor, page_language()))
            for topic in content.topics().values()
        ],
        all_said=content.topics().keys() <= said.keys(),
        may_write=access.may(request.user, Permission.WRITE),
    )


@require_POST
def said_take_back(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.WRITE)
    said = reach(request, Said, id)

    def act() -> str:
        actions.take_back(said=said, by=request.user, at=now())
        return f"{reverse('first_visit', args=[said.family_id])}#{said.topic}"

    return done(request, act)
