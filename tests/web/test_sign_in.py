"""Signing in and out, the second step, one's own keys and sessions, and how often one may try."""

from __future__ import annotations

import io
import logging
import time
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apego.records.models import Person
from apego.records.sealed import unseal
from tests.people import client_of

WORDS = "four plain words together"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A password is made slow to guess; a test does not wait for that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def ana(visitor: Person) -> Person:
    visitor.set_password(WORDS)
    visitor.save()
    return visitor


def sign_in(client: Client, login: str = "ana", words: str = WORDS, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": login, "password": words}, **more)


def test_a_visitor_opens_on_today_in_her_own_language(ana: Person) -> None:
    assert sign_in(Client())["Location"] == "/es/"


def test_a_sign_in_name_has_no_capital_letters_to_remember(ana: Person) -> None:
    assert sign_in(Client(), login="ANA")["Location"] == "/es/"


def test_she_goes_on_where_she_was_going(ana: Person) -> None:
    answer = Client().post(
        reverse("account_login"), {"login": "ana", "password": WORDS, "next": reverse("families")}
    )
    assert answer["Location"] == reverse("families")


@pytest.mark.parametrize("login", ["ana", "nobody-of-that-name"])
def test_a_wrong_password_and_an_unknown_name_look_alike(ana: Person, login: str) -> None:
    page = sign_in(Client(), login=login, words="not this one").content.decode()
    assert "do not go together" in page


def test_who_has_left_is_told_what_a_stranger_is_told(ana: Person) -> None:
    ana.is_active = False
    ana.save()
    client = Client()
    answer = sign_in(client, follow=True)
    assert "do not go together" in answer.content.decode()
    assert client.get(reverse("today")).status_code == 302


def test_after_six_wrong_passwords_the_right_one_waits_too(ana: Person) -> None:
    for _ in range(6):
        sign_in(Client(), words="not this one")
    page = sign_in(Client()).content.decode()
    assert "Too many attempts" in page


def test_rate_limits_are_kept_in_the_database_for_every_process() -> None:
    assert isinstance(caches["default"], DatabaseCache)


def test_nobody_signs_up_by_herself(program: Any) -> None:
    from django.urls import NoReverseMatch

    for name in ("account_signup", "account_email", "account_reset_password", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_an_authenticator_is_asked_for_after_the_password(ana: Person) -> None:
    client = Client()
    sign_in(client)
    confirmed = client.post(f"{reverse('account_reauthenticate')}?next=/en/", {"password": WORDS})
    assert confirmed.status_code == 302
    page = client.get(reverse("mfa_activate_totp"))
    assert "<svg" in page.content.decode()
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert "Recovery codes" in client.get(reverse("mfa_view_recovery_codes")).content.decode()

    phone = Client()
    assert sign_in(phone)["Location"] == reverse("mfa_authenticate")
    assert phone.get(reverse("today")).status_code == 302, "the password alone opens nothing"
    assert phone.get(reverse("mfa_authenticate")).status_code == 200
    cache.clear()  # one code opens once
    assert phone.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == "/es/"


def test_secrets_of_the_second_step_are_sealed(ana: Person) -> None:
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")
    kept = Authenticator.objects.get().data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in kept and unseal(kept) == "JBSWY3DPEHPK3PXP"


def test_going_back_from_the_second_step_forgets_the_password(ana: Person) -> None:
    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")
    phone = Client()
    sign_in(phone)
    phone.post(reverse("account_logout"))
    assert phone.get(reverse("account_login")).status_code == 200


def test_a_new_password_from_a_link_still_asks_for_the_second_step(ana: Person, coordinator: Person) -> None:
    from apego.records.actions import people
    from apego.records.people import fresh_token
    from apego.web.requests import now

    TOTP.activate(ana, "JBSWY3DPEHPK3PXP")
    token = fresh_token()
    people.offer_link(person=ana, token=token, by=coordinator, at=now())
    thief = Client()
    thief.get(reverse("welcome", args=[token]))
    thief.post(reverse("come_in"), {"password": WORDS + "!", "again": WORDS + "!"})
    assert Person.objects.get(id=ana.id).check_password(WORDS + "!")
    assert thief.get(reverse("today")).status_code == 302


def test_a_session_on_another_device_is_ended(ana: Person) -> None:
    laptop, phone = Client(), Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18 Safari/604"})
    sign_in(laptop), sign_in(phone)
    page = laptop.get(reverse("usersessions_list")).content.decode()
    assert "Safari, iPhone" in page and "this device" in page
    other = UserSession.objects.get(user_agent__contains="iPhone")
    laptop.post(reverse("session_end", args=[other.pk]), {"delivery": str(uuid4())})
    assert phone.get(reverse("today")).status_code == 302
    assert laptop.get(reverse("today")).status_code == 200


def test_nobody_ends_the_session_of_somebody_else(ana: Person, supervisor: Person) -> None:
    phone = Client()
    sign_in(phone)
    hers = UserSession.objects.get()
    answer = client_of(supervisor).post(reverse("session_end", args=[hers.pk]), {"delivery": str(uuid4())})
    assert answer.status_code == 404 and phone.get(reverse("today")).status_code == 200


def test_a_new_password_signs_other_devices_out(ana: Person) -> None:
    laptop, phone = Client(), Client()
    sign_in(laptop), sign_in(phone)
    typed = {
        "oldpassword": WORDS,
        "password1": "five other plain words here",
        "password2": "five other plain words here",
    }
    assert laptop.post(reverse("account_change_password"), typed)["Location"] == reverse("me")
    assert laptop.get(reverse("today")).status_code == 200
    assert phone.get(reverse("today")).status_code == 302


def test_a_person_changes_her_own_name_and_language(ana: Person) -> None:
    client = client_of(ana)
    answer = client.post(reverse("me"), {"delivery": str(uuid4()), "name": "Ana María", "language": "en"})
    assert answer["Location"] == "/en/me/"
    ana.refresh_from_db()
    assert (ana.name, ana.language, ana.role) == ("Ana María", "en", "visitor")


@pytest.mark.parametrize(
    "name",
    ["me", "mfa_index", "account_change_password", "usersessions_list", "first_keys", "account_logout"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_of_ones_own_account_run_no_inline_script(ana: Person, name: str, language: str) -> None:
    with translation.override(language):
        page = client_of(ana).get(reverse(name)).content.decode()
    assert " style=" not in page and "<style" not in page and " onclick" not in page
    assert "<script>" not in page


class TestDemo:
    def test_outside_the_demo_there_is_no_such_door(self, ana: Person) -> None:
        assert Client().post(reverse("demo_sign_in"), {"person": str(ana.id)}).status_code == 404
        assert "Ana" not in Client().get(reverse("account_login")).content.decode()

    def test_each_invented_person_opens_by_one_click(
        self, ana: Person, coordinator: Person, settings: Any
    ) -> None:
        settings.DEMO = True
        client = Client()
        page = client.get(reverse("account_login")).content.decode()
        assert "Ana" in page and "Helen" in page
        assert client.post(reverse("demo_sign_in"), {"person": str(ana.id)})["Location"] == "/es/"
        assert client.get(reverse("today")).status_code == 200

    def test_a_person_who_is_not_there_is_404(self, ana: Person, settings: Any) -> None:
        settings.DEMO = True
        assert Client().post(reverse("demo_sign_in"), {"person": "drop table"}).status_code == 404


class TestProxy:
    """Behind a proxy a rate limit counts the people, not the proxy."""

    def ip(self, monkeypatch: pytest.MonkeyPatch, https: str, forwarded: str) -> str:
        from django.test import RequestFactory

        from apego.web.accounts import Accounts

        monkeypatch.setenv("APEGO_HTTPS", https)
        request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1")
        return Accounts().get_client_ip(request)

    def test_the_entry_that_the_proxy_wrote_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.ip(monkeypatch, "yes", "1.1.1.1, 198.51.100.7") == "198.51.100.7"

    def test_without_a_proxy_nobody_chooses_her_own_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.ip(monkeypatch, "no", "198.51.100.7") == "10.0.0.1"


class TestLog:
    """What is written when something breaks names places in the code, never a family's words."""

    def test_the_words_of_an_exception_stay_out(self) -> None:
        from apego.web.reports import Quiet

        handler = Quiet()
        handler.setFormatter(logging.Formatter("%(message)s"))
        try:
            raise ValueError("Rosa told me that he hit her")
        except ValueError as broken:
            found = (type(broken), broken, broken.__traceback__)
        line = handler.format(
            logging.LogRecord(
                "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/es/",), found
            )
        )
        assert "Rosa" not in line and "ValueError" in line and "test_sign_in.py" in line

    def test_a_broken_page_writes_no_typed_word(self, ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        from apego.records.actions import people
        from apego.web.reports import Quiet

        def broken(**typed: Any) -> Person:
            raise RuntimeError(f"could not keep {typed['name']}")

        written = io.StringIO()
        [console] = [one for one in logging.getLogger().handlers if isinstance(one, Quiet)]
        monkeypatch.setattr(console, "stream", written)
        monkeypatch.setattr(people, "change_own", broken)
        client = client_of(ana)
        client.raise_request_exception = False
        answer = client.post(
            reverse("me"), {"delivery": str(uuid4()), "name": "Rosa Xochitl", "language": "en"}
        )
        assert answer.status_code == 500
        told = written.getvalue()
        assert "RuntimeError" in told and "Xochitl" not in told


def test_the_clock_of_codes_is_todays() -> None:
    assert abs(time.time() // 30 - next(iter(yield_hotp_counters_from_time()))) <= 1
