"""A visitor's way in, in a browser: her link, a passkey on her phone, and the passkey alone the next morning.

The phone's key is Chromium's virtual authenticator. The pages run under their own strict policy: nothing here
passes it by, so a script that it forbids would fail the journey.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from apego.records.actions import people
from apego.records.models import Person
from apego.records.people import fresh_token, keys_of
from tests.browser.served import PHONE, RULES, Open
from tests.browser.test_every_page import faults

pytestmark = pytest.mark.browser
WORDS = "four plain words together"


@pytest.fixture
def phone(browse: Open) -> Any:
    page = browse()
    page.complaints = []
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def with_a_finger(page: Any) -> None:
    """Give the phone a key that opens at a touch."""
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    talk.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


@pytest.fixture
def link(served: str, coordinator: Person, visitor: Person) -> str:
    token = fresh_token()
    people.offer_link(person=visitor, token=token, by=coordinator, at=timezone.now())
    return f"{served}/es/welcome/{token}/"


def come_in(page: Any, link: str) -> None:
    page.goto(link)
    page.get_by_label("Su contraseña").fill(WORDS)
    page.get_by_label("Otra vez").fill(WORDS)
    page.get_by_role("button", name="Guardarla y entrar").click()
    page.wait_for_url("**/me/first-keys/")


def test_a_passkey_made_on_the_first_day_opens_alone_on_the_next(
    phone: Any, served: str, link: str, visitor: Person
) -> None:
    with_a_finger(phone)
    come_in(phone, link)
    phone.get_by_role("link", name="Agregar una llave de acceso").click()
    if "/confirm/" in phone.url:
        phone.get_by_label("Contraseña").fill(WORDS)
        phone.get_by_role("button", name="Seguir").click()
    phone.get_by_role("button", name="Agregar la llave de acceso").click()
    phone.wait_for_url("**/me/recovery-codes/")
    assert keys_of(visitor).filter(type="webauthn").count() == 1

    phone.goto(f"{served}/es/me/")
    phone.get_by_role("button", name="Salir").click()
    phone.wait_for_url("**/sign-in/")
    phone.get_by_role("button", name="Entrar con una llave de acceso").click()
    phone.wait_for_url(f"{served}/es/")
    assert phone.complaints == []


def test_the_passkey_is_the_second_step_after_the_password(phone: Any, served: str, link: str) -> None:
    with_a_finger(phone)
    come_in(phone, link)
    phone.goto(f"{served}/es/me/passkeys/add/")
    if "/confirm/" in phone.url:
        phone.get_by_label("Contraseña").fill(WORDS)
        phone.get_by_role("button", name="Seguir").click()
    phone.get_by_role("button", name="Agregar la llave de acceso").click()
    phone.wait_for_url("**/me/recovery-codes/")
    phone.context.clear_cookies()
    phone.goto(f"{served}/es/sign-in/")
    phone.get_by_label("Usuario").fill("ana")
    phone.get_by_label("Contraseña").fill(WORDS)
    phone.get_by_role("button", name="Entrar", exact=True).click()
    phone.wait_for_url("**/second-step/")
    phone.get_by_role("button", name="Usar una llave de acceso").click()
    phone.wait_for_url(f"{served}/es/")
    assert phone.complaints == []


def test_a_passkey_that_does_not_answer_is_told_in_words(phone: Any, served: str, link: str) -> None:
    with_a_finger(phone)  # a phone without any key of this program
    phone.goto(f"{served}/es/sign-in/")
    phone.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    phone.get_by_role("button", name="Entrar con una llave de acceso").click()
    phone.get_by_text("La llave de acceso no respondió").wait_for()


def test_without_javascript_no_passkey_is_offered(browse: Open, link: str) -> None:
    page = browse(java_script_enabled=False)
    page.goto("/es/sign-in/")
    assert page.get_by_label("Contraseña").is_visible()
    assert not page.get_by_role("button", name="Entrar con una llave de acceso").is_visible()


def test_the_pages_that_only_a_link_opens_are_as_good_as_the_others(
    browse: Open, served: str, coordinator: Person, visitor: Person
) -> None:
    page = browse(coordinator, bypass_csp=True)  # axe is a script of its own
    page.goto(f"/en/people/{visitor.id}/link/")
    page.get_by_role("button", name="Make the link").click()
    address = page.locator(".handed").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert faults(browse(bypass_csp=True), address, RULES) == []
