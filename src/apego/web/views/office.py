"""The office: a parent's rights over the record, holds, destruction, and what has to be done when."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from apego.practice.consents import annual_notice, grounds, rights
from apego.practice.content import Language
from apego.records import access, backups, destruction, log, retention
from apego.records import office as questions
from apego.records.access import OutOfReach, Permission
from apego.records.actions import destruction as destroying
from apego.records.actions import holds, notices, openings
from apego.records.bundle import Bundle, bundle
from apego.records.health import BACKUP_DAYS
from apego.records.models import AnnualNotice, Caregiver, Disclosure, Family, Hold, ParentRequest
from apego.web.form_pages import form_page, sent_id
from apego.web.forms.office import (
    DestroyForm,
    HoldForm,
    NoticeForm,
    OpeningForm,
)
from apego.web.lines import said
from apego.web.requests import Asked, done, look, now, reach
from apego.web.wording import because

LINES_ON_A_PAGE = 40
FAMILIES_SHOWN = 30
FORM = "apego/office/form.html"

WITHHELD = {
    "safety-notes": gettext_lazy("Safety notes that nobody has released for this person"),
    "where-an-adult-is": gettext_lazy(
        "Adults whose telephone, hours and address are left out, because they are marked as not safe"
    ),
    "with-that-adult": gettext_lazy("Calls, letters, consents and conversations of that adult"),
    "how-another-adult-is": gettext_lazy("Notes on how another adult is doing"),
    "reports": gettext_lazy("Reports of a child in danger"),
}


def answering(request: Asked, id: UUID) -> Family:
    """Give a family to somebody who answers for records; the look is logged."""
    access.require(request.user, Permission.ANSWER)
    return look(request, Family, id)


def home_of(family: Family) -> str:
    return reverse("family_office", args=[family.pk])


def office(request: Asked) -> HttpResponse:
    """What has to be done, the nearest first; what is held; what is due; how old the last backup is."""
    access.require(request.user, Permission.ANSWER)
    today, at = timezone.localdate(), now()
    last = backups.last_taken()
    lacking = questions.without_notice(request.user, today)
    context = {
        "waiting": questions.waiting(request.user, today),
        "holds": questions.standing_holds(request.user),
        "due": [
            (one, because(one.held_back) if one.held_back else "") for one in retention.families_due(today)
        ],
        "transcripts_due": len(retention.transcripts_due(today)),
        "last_backup": last,
        "backup_days": (at - last).days if last else None,
        "backup_is_old": last is None or (at - last).days > BACKUP_DAYS,
        "to_let_in": questions.to_let_in(request.user, at),
        "lacking_count": lacking.count(),
        "lacking": lacking[:FAMILIES_SHOWN],
    }
    return render(request, "apego/office/office.html", context | {"door": "office"})


def family_office(request: Asked, id: UUID) -> HttpResponse:
    """One family: its requests, who may read its record now, holds, notices, what went out, and its log."""
    family = answering(request, id)
    person, today = request.user, timezone.localdate()
    page = Paginator(questions.log_of(person, family), LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    asked = access.visible(person, ParentRequest).filter(family=family).select_related("caregiver")
    context = {
        "family": family,
        "opening": questions.open_now(person, family, now()),
        "caregivers": access.visible(person, Caregiver).filter(family=family),
        "waiting": questions.waiting(person, today, family),
        "answered": asked.exclude(answered_on=None).order_by("-answered_on"),
        "holds": access.visible(person, Hold)
        .filter(family=family)
        .select_related("by", "lifted_by")
        .order_by("-since"),
        "notice": access.visible(person, AnnualNotice).filter(family=family).order_by("-on").first(),
        "disclosures": access.visible(person, Disclosure).filter(family=family).order_by("-at")[:5],
        "statements": questions.statements(person, family),
        "held_back": destruction.held_back(family),
        "page": page,
        "lines": [(told, said(told.line)) for told in questions.with_names(person, list(page))],
    }
    return render(request, "apego/office/family_office.html", context | {"door": "office"})


def opening_new(request: Asked, id: UUID) -> HttpResponse:
    """Open what was written, with a reason, until the end of the day; from a request where there is one."""
    family = answering(request, id)
    asked = _request_named(request, family)
    form = OpeningForm(
        request.POST or None, initial={"reason": str(asked.get_kind_display()) if asked else ""}
    )

    def act() -> str:
        openings.begin(id=sent_id(request), family=family, reason=form.cleaned_data["reason"], request=asked,
                       by=request.user, at=now())  # fmt: skip
        messages.success(request, _("The record is open to you until midnight."))
        return home_of(family)

    explained = _("What was written about this family is for those who work with it. You may read it where a parent's "
                  "request, an order or a danger needs it.")  # fmt: skip
    return form_page(request, form, act, FORM, title=_("Open the record"), family=family, door="office",
                     save=_("Open it until midnight"), explained=explained)  # fmt: skip


def _request_named(request: Asked, family: Family) -> ParentRequest | None:
    try:
        named = UUID(request.GET.get("request", ""))
    except ValueError:
        return None
    return access.visible(request.user, ParentRequest).filter(family=family, pk=named).first()


@require_POST
def opening_close(request: Asked, id: UUID) -> HttpResponse:
    family = answering(request, id)

    def act() -> str:
        while opening := questions.open_now(request.user, family, at := now()):
            openings.close(opening=opening, by=request.user, at=at)
        return home_of(family)

    return done(request, act)


def family_notice(request: Asked, id: UUID) -> HttpResponse:
    """The notice of every year, to print in the family's language; and that it was given."""
    family = answering(request, id)
    today = timezone.localdate()
    language = _notice_language(request, family)
    form = NoticeForm(request.POST or None, today=today, initial={"language": language})
    notice = annual_notice()
    filled = {"program": request.program.name, "contact": request.user.name}

    def act() -> str:
        notices.give(id=sent_id(request), family=family, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("Noted."))
        return home_of(family)

    return form_page(
        request,
        form,
        act,
        "apego/office/family_notice.html",
        family=family,
        door="office",
        notice_language=language,
        name=notice.name[language],
        opening=notice.opening[language].format(**filled),
        rights_say=notice.rights[language],
        rights=[(one.name[language], one.said(language, today)) for one in rights().values()],
        without_say=notice.without[language],
        grounds=[one.name[language] for one in grounds().values() if not one.consent],
        closing=notice.closing[language].format(**filled),
    )


def _notice_language(request: Asked, family: Family) -> Language:
    asked = request.POST.get("language") or request.GET.get("in")
    if asked in ("en", "es"):
        return "es" if asked == "es" else "en"
    return "es" if family.home_languages[:1] == ["spa"] else "en"


def hold_new(request: Asked, id: UUID) -> HttpResponse:
    family = answering(request, id)
    form = HoldForm(request.POST or None)

    def act() -> str:
        holds.set_up(
            id=sent_id(request), family=family, reason=form.cleaned_data["reason"], by=request.user, at=now()
        )
        return home_of(family)

    explained = _("While a hold stands, nothing of this family is destroyed, conversations included, whatever the "
                  "schedule says.")  # fmt: skip
    return form_page(request, form, act, FORM, title=_("Set a legal hold"), family=family, door="office",
                     explained=explained, save=_("Set the hold"))  # fmt: skip


@require_POST
def hold_lift(request: Asked, id: UUID) -> HttpResponse:
    access.require(request.user, Permission.ANSWER)
    hold = reach(request, Hold, id)

    def act() -> str:
        holds.lift(hold=hold, by=request.user, at=now())
        return reverse("family_office", args=[hold.family_id])

    return done(request, act)


def _made(request: Asked, id: UUID) -> tuple[Caregiver, Bundle] | None:
    """Give the bundle for one adult, or None where the record is not open to this person. Making one is logged."""
    access.require(request.user, Permission.ANSWER)
    reader = reach(request, Caregiver, id, Caregiver.objects.select_related("family"))
    if questions.open_now(request.user, reader.family, now()) is None:
        return None
    log.write(by=request.user, at=now(), verb="bundled", thing=reader)
    family = Family.objects.prefetch_related("children", "caregivers").get(pk=reader.family_id)
    return reader, bundle(family, reader, by=request.user, on=timezone.localdate())


@require_GET
def family_bundle(request: Asked, id: UUID) -> HttpResponse:
    """One adult's copy of the record, as a page to read over, print or save. The record has to be open."""
    made = _made(request, id)
    if made is None:
        return HttpResponseRedirect(reverse("opening_new", args=[reach(request, Caregiver, id).family_id]))
    reader, told = made
    context = {
        "bundle": told,
        "reader": reader,
        "family": reader.family,
        "withheld": [(WITHHELD[code], count) for code, count in told.withheld.items()],
        "statements": questions.statements(request.user, reader.family),
        "door": "office",
    }
    return render(request, "apego/office/family_bundle.html", context)


@require_GET
def family_bundle_data(request: Asked, id: UUID) -> HttpResponse:
    """The same copy as JSON, for whoever takes it to another program."""
    made = _made(request, id)
    if made is None:
        raise OutOfReach("closed")
    answer = JsonResponse(made[1].as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="record.json"'
    return answer


def family_destroy(request: Asked, id: UUID) -> HttpResponse:
    """Destroy a family's record for a lawful request: with its code typed, and not while anything holds it back."""
    family = answering(request, id)
    code = destruction.code_of(family)
    form = DestroyForm(request.POST or None, code=code)
    held_back = destruction.held_back(family)

    def act() -> str:
        destroying.destroy(family=family, by=request.user, at=now())
        messages.success(
            request, _("The record is destroyed. The proof of it stays: a number, a day, and who did it.")
        )
        return reverse("office")

    return form_page(
        request,
        form,
        act,
        "apego/office/family_destroy.html",
        family=family,
        code=code,
        held_back=because(held_back) if held_back else "",
        door="office",
    )
