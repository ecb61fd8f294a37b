"""The page of a visit, as several views draw it: the notebook that is written, and the visit that is finished.

What was being typed is put back where it stood (`drafts`), with the version that it was typed upon.
"""

from __future__ import annotations

from typing import Any

from django.forms import Form, ModelMultipleChoiceField, MultipleChoiceField
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from apego.practice.content import Language
from apego.records import notebook
from apego.records.access import Permission, may
from apego.records.actions import drafts
from apego.records.models import Draft, Plan, Visit
from apego.records.noting import shown_at
from apego.records.planning import offered, question
from apego.web.forms.moments import CreditForm, MomentForm
from apego.web.forms.visits import AddendumForm, PartForm
from apego.web.requests import Asked


def page_language() -> Language:
    return "es" if get_language() == "es" else "en"


def place(visit: Visit, form: str) -> str:
    """Give the name under which a form of a visit's page keeps its draft."""
    return f"visit/{visit.pk}/{form}"


def put_back(form: Form, draft: Draft | None) -> Form:
    """Give a form with what was being typed in it. What was unticked is unticked."""
    if draft is None:
        return form
    for name, field in form.fields.items():
        values = draft.content.get(name, [])
        if isinstance(field, MultipleChoiceField | ModelMultipleChoiceField):
            form.initial[name] = values
        elif values:
            form.initial[name] = values[0]
    return form


def notebook_page(
    request: Asked,
    visit: Visit,
    *,
    moment: MomentForm | None = None,
    credit: CreditForm | None = None,
    part: PartForm | None = None,
    only: str = "visit_detail",
    **more: Any,
) -> HttpResponse:
    """Draw a visit's notebook; a form that could not be taken stands in it as it was typed."""
    book = notebook.opened(visit, page_language())
    typed = drafts.of(request.user, place(visit, ""))
    children = list(visit.children.all() or visit.family.children.all())
    fresh = MomentForm(family=visit.family, initial={"children": [child.pk for child in children]})
    waits = typed.get(place(visit, "moment"))
    context = {
        "visit": visit,
        "book": book,
        "form": moment or put_back(fresh, waits),
        "draft": None if moment else waits,
        "children": children,
        "shown": shown_at(children, timezone.localdate(visit.planned_at)),
        "credit": credit or put_back(CreditForm(family=visit.family), typed.get(place(visit, "credit"))),
        "parts": [_part_form(one, visit, typed, part) for one in book.parts],
        "planned": planned(visit, book.plan),
        "door": "families",
        **more,
    }
    refused = any(form is not None and form.errors for form in (moment, credit, part))
    # htmx puts only an answer without a fault in its place; the errors stand in the part itself.
    return render(
        request, f"apego/visits/{only}.html", context, status=422 if refused and not request.htmx else 200
    )


def finished_page(request: Asked, visit: Visit, addendum: AddendumForm | None = None) -> HttpResponse:
    """Draw a visit as it was finished, or as somebody reads it who does not write at it."""
    may_write = may(request.user, Permission.WRITE)
    typed = [
        draft for draft in drafts.of(request.user, place(visit, "")).values() if draft.content.get("words")
    ]
    late = "\n\n".join(words for draft in typed if (words := draft.content["words"][0].strip()))
    signatures = notebook.signed(visit) if visit.finished_at else ()
    book = notebook.opened(visit, page_language())
    context = {
        "visit": visit,
        "book": book,
        "signatures": signatures,
        "addenda": notebook.added(visit),
        "may_write": may_write,
        "addendum": addendum or AddendumForm(initial={"words": late}),
        "late": late,
        "signs_too": request.user in visit.visitors.all()
        and all(signature.person_id != request.user.pk for signature in signatures),
        "parent_signed": any(signature.caregiver_id for signature in signatures),
        "planned": planned(visit, book.plan),
        "door": "families",
    }
    return render(request, "apego/visits/visit_finished.html", context, status=422 if addendum else 200)


def _part_form(
    one: notebook.Written, visit: Visit, typed: dict[str, Draft], refused: PartForm | None
) -> dict[str, Any]:
    """Give a part with its form, and whether it stands open: where something was typed and is not kept."""
    if refused is not None and refused.data.get("part") == one.part.id:
        return {"written": one, "form": refused, "is_open": True}
    draft = typed.get(place(visit, f"part-{one.part.id}"))
    form = PartForm(
        part=one.part.id,
        initial={"part": one.part.id, "base_version": one.version, "words": one.words},
    )
    return {"written": one, "form": put_back(form, draft), "is_open": draft is not None}


def planned(visit: Visit, plan: Plan | None) -> dict[str, Any] | None:
    """Give what a plan chose, in words; an entry that the content no longer has is left out."""
    if plan is None or not plan.version:
        return None
    on = timezone.localdate(visit.planned_at)
    children = list(visit.family.children.all())
    return {
        "plan": plan,
        "invitations": [offer for id in plan.invitations if (offer := offered(id, children, on))],
        "questions": [words for id in plan.questions if (words := question(id))],
    }
