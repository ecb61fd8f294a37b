"""A visitor's week in Spanish on a phone, and a supervisor's hour in English on a laptop, as they are lived."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apego.practice.planning import plan_parts
from apego.records.actions import safety
from apego.records.models import AfterVisit, Draft, Family, Letter, Moment, Person, Supervision, Visit
from tests.browser.served import LAPTOP, PHONE, Open

pytestmark = pytest.mark.browser


def earlier_today(now: datetime, by: timedelta) -> datetime:
    """Give a time so much earlier on the same day in Chicago, or when the day began."""
    at_home = timezone.localtime(now, ZoneInfo("America/Chicago"))
    return max(at_home - by, at_home.replace(hour=0, minute=0, second=0, microsecond=0))


@pytest.fixture
def today(visit: Visit) -> Visit:
    """The planned visit is today, an hour ago, or when the day began."""
    planned = earlier_today(timezone.now(), timedelta(hours=1))
    Visit.objects.filter(id=visit.id).update(planned_at=planned)
    visit.refresh_from_db()
    return visit


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def go(page: Any, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile(f"^{name}")).first.click()


def write(page: Any, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).first.fill(words)


def test_a_visitors_week_in_spanish_on_a_phone(
    browse: Open, visitor: Person, supervisor: Person, family: Family, today: Visit
) -> None:
    page = browse(visitor, PHONE, locale="es-US")

    # Plan: from Today, in a minute, with the mother's hope.
    page.goto("/es/")
    assert page.get_by_role("heading", level=1).inner_text() == "Una visita hoy"
    go(page, "Planear en un minuto")
    write(page, plan_parts()["hope"].name.es, "Que Inés se quede jugando un ratito en el piso.")
    page.get_by_role("checkbox", name="La canción del nombre").check()
    press(page, "Guardar el plan")

    # Visit: started, a moment kept, the note check asks, and is left.
    press(page, "Empezar la visita")
    write(page, "Un momento", "Inés gateó a la canasta, sacó la cuchara a propósito y miró a Rosa.")
    press(page, "Guardar este momento")
    page.locator("mark").wait_for()
    assert "a propósito" in page.locator("mark").inner_text()
    assert page.locator(".note-check").count() == 1
    press(page, "Dejarlo como está")
    page.locator("mark").wait_for(state="detached")
    assert Moment.objects.get().words.startswith("Inés gateó")

    # What she was typing outlives the page, even one that is left in the middle of a word.
    page.get_by_label("Un momento", exact=True).press_sequentially("Rosa golpeó la olla dos veces")
    page.goto("/es/")
    go(page, "Seguir con la visita")
    page.get_by_role("heading", name="¿Qué vio?").wait_for()
    assert page.get_by_label("Un momento", exact=True).input_value() == "Rosa golpeó la olla dos veces"
    assert Draft.objects.count() == 1

    # Finish and sign, then copy as text.
    press(page, "Guardar este momento")
    page.locator("#kept + ol > li").nth(1).wait_for()
    go(page, "Terminar la visita")
    page.get_by_role("checkbox", name="Inés").check()
    page.get_by_role("checkbox", name="Rosa").check()
    at_home = timezone.localtime(timezone.now(), ZoneInfo("America/Chicago"))
    write(page, "Empezó", f"{earlier_today(at_home, timedelta(minutes=90)):%H:%M}")
    write(page, "Terminó", f"{at_home:%H:%M}")
    press(page, "Terminar y firmar")
    page.get_by_text("La visita quedó terminada y firmada.").wait_for()
    go(page, "Copiar como texto")
    assert "Inés gateó a la canasta" in page.locator("textarea, pre").first.inner_text() + page.content()

    # A letter, read aloud.
    page.goto(f"/es/visits/{today.id}/")
    go(page, "Una carta para la familia")
    go(page, "Rosa")
    press(page, "Guardar la carta")
    press(page, "La leí en voz alta")
    page.get_by_text("Leída en voz alta").wait_for()
    assert Letter.objects.get().read_aloud

    # Five minutes for herself.
    page.goto(f"/es/visits/{today.id}/")
    go(page, "Cinco minutos para usted")
    page.locator("textarea:visible").first.fill("La mirada de Inés antes de soltar la cuchara.")
    press(page, "Guardar lo que escribí")
    assert AfterVisit.objects.get().by == visitor

    # A call between visits.
    page.goto(f"/es/families/{family.id}/")
    go(page, "Anotar una llamada o un mensaje")
    page.locator("main textarea").first.fill("Cantó otra vez antes de la siesta.")
    page.locator("main form .button").first.click()
    assert "Cantó otra vez" in page.content() or family.contacts.count() == 1


def test_a_supervisors_hour_in_english_on_a_laptop(
    browse: Open, supervisor: Person, visitor: Person, family: Family, today: Visit
) -> None:
    now = timezone.now()
    words = "She said he has the keys. Exact words: “I am not to open the door.”"
    safety.note(id=uuid4(), family=family, when=now, words=words, by=visitor, at=now)
    page = browse(supervisor, LAPTOP, locale="en-US")

    # Her visitors, then Ana's families: who was seen, what is to be made up.
    page.goto("/en/")
    assert page.get_by_role("heading", level=1).inner_text() == "Your visitors"
    go(page, "Ana")
    assert "Ortega Ruiz" in page.get_by_role("main").inner_text()

    # A session with notes and agreements, which Ana opens too.
    page.get_by_role("link", name=re.compile("session", re.IGNORECASE)).first.click()
    write(page, "What you talked about", "The quiet after Rosa's story, and what Ana felt in it.")
    write(page, "What you agreed on", "Ana waits for three breaths before the next question.")
    press(page, "Keep it")
    page.wait_for_load_state()
    session = Supervision.objects.get()
    assert session.visitor == visitor
    own = browse(visitor, PHONE)
    own.goto(f"/es/supervision/sessions/{session.id}/")
    assert "three breaths" in own.content()

    # A safety note, reviewed; nobody's words are found in a search for a name.
    page.goto(f"/en/families/{family.id}/safety/")
    assert "he has the keys" in page.content()
    go(page, "Review this note")
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_load_state()
    assert family.safety_notes.get().reviewed_by == supervisor

    # Somebody covers for Ana this week.
    page.goto(f"/en/families/{family.id}/cover/")
    assert page.get_by_role("heading", level=1).count() == 1


def test_the_notebook_goes_by_keyboard_alone(browse: Open, visitor: Person, today: Visit) -> None:
    page = browse(visitor, PHONE)
    page.goto(f"/en/visits/{today.id}/?write")
    page.get_by_label("A moment", exact=True).focus()
    page.keyboard.type("Inés tapped the pot three times; Rosa tapped it back.")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Keep this moment":
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Kept").wait_for()
    assert Moment.objects.get().words.startswith("Inés tapped")


def test_a_moment_is_kept_without_javascript(browse: Open, visitor: Person, today: Visit) -> None:
    page = browse(visitor, PHONE, java_script_enabled=False)
    page.goto(f"/en/visits/{today.id}/?write")
    page.get_by_label("A moment", exact=True).fill("Inés tapped the pot three times.")
    press(page, "Keep this moment")
    assert "Inés tapped the pot three times." in page.content()
    assert Moment.objects.count() == 1
