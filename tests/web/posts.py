"""What is posted to every address, and who changes something by it. `test_every_post.py` fails for an address
that is neither here nor in `UNPOSTED`.

`who` names by their first letters those whom the form is for: Ana (visitor of the family), Keisha (a visitor
elsewhere), Ruth (Ana's supervisor), Gloria (another supervisor), Helen (coordinator). A word in braces is the
id of one of `things`. `after` names posts that the first of those whom they are for
makes before, so that there is something to do.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Post(NamedTuple):
    name: str
    who: str
    body: dict[str, Any] = {}  # noqa: RUF012 - read and never written
    after: tuple[str, ...] = ()


EVERYBODY = "akrgh"
WHEN = {"day": "2026-11-20", "time": "09:30"}
AHEAD = {"day": "2099-01-05", "time": "09:30"}
SEEN = {"words": "Inés mira a su mamá.", "base_version": "1"}
FAMILY = {"name": "Ortega", "option": "early_head_start", "enrolled_on": "2026-09-07", "base_version": "1"}
CHILD = {"name": "Luz", "born_on": "2025-10-20", "weeks_early": "0", "base_version": "1"}
ADULT = {"name": "Abel", "relation": "father", "reads": "reads", "base_version": "1"}
LANGUAGES = {"language_1": "eng", "base_version": "1"}
HELD = {
    "base_version": "1", "day": "2026-11-20", "begins": "09:00", "ends": "10:30", "children": "{child}",
    "caregivers": "{caregiver}", "visitors": "{visitor}", "place": "home", "languages": "spa",
}  # fmt: skip
ANSWERED = {"answer": "refused", "words": "No.", "on": "2026-11-23"}
PROGRAM = {
    "name": "Bluestem", "time_zone": "America/Denver", "year_starts_month": "9", "year_starts_day": "1",
    "retention_months": "36", "transcript_months": "12",
}  # fmt: skip
NOBODY_SEEN = ("moment_remove", "credit_remove")

POSTS = (
    # people: one's own account, and the coordinator's work
    Post("me", EVERYBODY, {"name": "Otra", "language": "en"}),
    Post("calendar", EVERYBODY),
    Post("person_invite", "h", {"name": "Sol", "login": "sol", "role": "visitor", "language": "es"}),
    Post("person_edit", "h", {"name": "Ana María", "role": "visitor", "language": "es"}),
    Post("person_link", "h", {"lost": "1"}),
    Post("person_leave", "h"),
    Post("person_welcome_back", "h"),
    Post("program_settings", "h", PROGRAM),
    # families
    Post(
        "family_new",
        "rh",
        {
            **{k: v for k, v in (FAMILY | LANGUAGES).items() if k != "base_version"},
            **{f"child-{name}": value for name, value in CHILD.items()},
            **{f"caregiver-{name}": value for name, value in ADULT.items()},
            "visitor": "{visitor}",
        },
    ),
    Post("family_facts", "arh", FAMILY),
    Post("family_languages", "arh", LANGUAGES),
    Post("family_matters", "a", {"matters": "La abuela", "words_language": "es", "base_version": "1"}),
    Post("family_end", "rh", {"on": "2026-11-20"}),
    Post("child_new", "arh", CHILD),
    Post("child", "arh", CHILD),
    Post("caregiver_new", "arh", ADULT),
    Post("caregiver", "arh", ADULT),
    Post("contact_new", "a", {"how": "call", "words": "Llamó.", "caregiver": "{caregiver}", **WHEN}),
    Post("occasion_new", "a", {"day_0": "05", "day_1": "10", "what": "El santo", "whose": "child-{child}"}),
    Post("occasion", "a", {"day_0": "05", "day_1": "11", "what": "El santo", "base_version": "1"}),
    Post("occasion_remove", "a"),
    Post("occasion_bring_back", "a", after=("occasion_remove",)),
    Post("memento_new", "a", {"on": "2026-11-20", "words": "Una foto", "whose": "occasion-{occasion}"}),
    Post("support_new", "a", {"area": "sleep", "on": "2026-11-20", "caregiver": "{caregiver}", "words": "x"}),
    Post("safety_note_new", "a", {"words": "“No.”", "caregiver": "{caregiver}", **WHEN}),
    Post("safety_review", "r", {"in_bundle_for": "{caregiver}"}),
    # Ruth may only name her own visitors, and both of them visit this family already.
    Post("assign", "h", {"visitor": "{stranger}", "since": "2099-01-01"}, ("assignment_end",)),
    Post(
        "cover",
        "h",
        {
            "covers": "{visitor}",
            "visitor": "{stranger}",
            "since": "2026-11-20",
            "until": "2099-01-01",
            "reason": "Away",
        },
    ),
    Post("hand_over", "h", {"of": "{visitor}", "to": "{stranger}", "since": "2026-11-20"}),
    Post("assignment_end", "rh", {"on": "2026-11-20"}),
    Post("first_visit", "a", {"topic": "duty_to_report", "language": "spa"}),
    Post("said_take_back", "a"),
    # visits
    Post("visit_new", "a", {"visitors": "{visitor}", **AHEAD}),
    Post("series_new", "a", {"weekday": "0", "time": "10:00", "since": "2026-11-20", "visitor": "{visitor}"}),
    Post("series_end", "a"),
    Post("plan", "a", {"base_version": "0", "hope": "Dormir", "made_with": "{caregiver}"}),
    Post("visit_start", "a"),
    Post("visit_move", "a", {"base_version": "1", **AHEAD}),
    Post("visit_not_held", "a", {"outcome": "attempted"}, NOBODY_SEEN),
    Post("visit_put_back", "a", after=(*NOBODY_SEEN, "visit_not_held")),
    Post("visit_make_up", "a", AHEAD, (*NOBODY_SEEN, "visit_not_held")),
    Post("visit_edit", "a", HELD),
    Post("visit_part", "a", {"part": "next", "base_version": "0", "words": "La canción"}),
    Post("moment_keep", "a", {**SEEN, "children": "{child}"}),
    Post("moment_edit", "a", {**SEEN, "children": "{child}"}),
    Post("moment_remove", "a"),
    Post("moment_restore", "a", after=("moment_remove",)),
    Post("moment_leave", "a", {"word": "0123456789abcdef0123"}),
    Post("credit_add", "a", {"words": "Esperó.", "kind": "strength", "caregiver": "{caregiver}"}),
    Post("credit_remove", "a"),
    Post("credit_restore", "a", after=("credit_remove",)),
    Post("draft_save", "a", {"form": "moment", "words": "Casi"}),
    Post("draft_forget", "a", {"form": "moment"}, ("draft_save",)),
    Post("visit_finish", "a", HELD, ("variant",)),
    Post("visit_sign", "a", {"how": "paper", "caregiver": "{caregiver}"}, ("variant", "visit_finish")),
    Post("addendum_add", "a", {"words": "Fue el martes."}, ("variant", "visit_finish")),
    Post("variant", "a", {"choice": "this"}),
    Post("visit_form", "h", {"shipped": "1"}, ("visit_form_of_one",)),
    # letters
    Post("letter_new", "a", {"words": "Querida Rosa", "version": "1"}),
    Post("letter", "a", {"words": "Querida Rosa", "version": "1"}),
    Post("letter_given", "a", {"how": "aloud"}),
    # reflect and consents
    Post("focus", "ak", {"words": "Esperar"}),
    Post("focus_lay_down", "a"),
    Post("after_visit", "a", {"stayed": "Su risa", "version": "0"}),
    Post("after_visit_draft", "a", {"stayed": "Su risa"}),
    Post("conversation_room", "a", {"others": "Lucía"}),
    Post("conversation_bring", "a", {"pasted": "Ana: ¿Cómo les fue?\nLucía: Bien."}, ("conversation_room",)),
    Post("speakers", "a", {"speaker_0": "visitor"}),
    Post("conversation_share", "a"),
    Post("conversation_take_back", "a", after=("conversation_share",)),
    Post("conversation_destroy", "a", after=("request_answer", "hold_lift")),
    Post("conversation_read", "a", after=("speakers",)),
    Post("reflection_again", "a"),
    Post("own_answer", "a", {"words": "Me quedé callada.", "version": "0"}),
    Post("own_answer_draft", "a", {"words": "Me quedé"}),
    Post(
        "consent_new",
        "ah",
        {
            "purpose": "transcript",
            "whose": "{caregiver}",
            "adults": "Rosa",
            "until": "2099-01-01",
            "language": "es",
            "sign": "1",
            "how": "paper",
            "signed_on": "2026-11-20",
        },
    ),
    Post("consent_revoke", "ah"),
    Post("disclosure_new", "ah", {"what": "Plan", "party": "Clinic", "basis": "court"}),
    # learn
    Post("lesson_part_done", EVERYBODY),
    Post("lesson_time", "a", {"seconds": "0", "place": "3"}, ("lesson_part_done",)),
    Post("question", EVERYBODY, {"words": "Ella mira."}),
    Post("small_practice", EVERYBODY, {"words": "Ella mira."}),
    Post("mark_add", EVERYBODY, {"at": "0:12"}),
    Post("mark_take_out", "a"),
    Post("mark_put_back", "a", after=("mark_take_out",)),
    Post("lesson_answer_share", "a"),
    Post("lesson_answer_take_back", "a", after=("lesson_answer_share",)),
    # supervision and group socializations
    Post("session_new", "ar", {"notes": "Hablamos.", **WHEN}),
    Post("session", "ar", {"notes": "Hablamos.", "base_version": "1", **WHEN}),
    Post("socialization_new", EVERYBODY, {"place": "Library", **AHEAD}),
    Post("socialization_edit", EVERYBODY, {"place": "Library", "base_version": "1", **WHEN}),
    Post(
        "socialization_not_held",
        EVERYBODY,
        {"outcome": "cancelled_program"},
        ("group_moment_remove", "nobody_came"),
    ),
    Post(
        "socialization_put_back",
        EVERYBODY,
        after=("group_moment_remove", "nobody_came", "socialization_not_held"),
    ),
    Post("socialization_came", "ar", {"{family}-people": "{child}", "initial-{family}-people": ""}),
    Post("socialization_finish", EVERYBODY, {"minutes": "90"}),
    Post("attendance", "a", SEEN),
    Post("group_moment", "a", SEEN),
    Post("group_moment_remove", "a"),
    Post("group_moment_restore", "a", after=("group_moment_remove",)),
    Post("group_moment_leave", "a", {"word": "0123456789abcdef0123"}),
    # the office
    Post("opening_new", "h", {"reason": "She asked"}),
    Post("opening_close", "h", after=("opening_new",)),
    Post("request_new", "h", {"kind": "copy", "received_on": "2026-11-20", "caregiver": "{caregiver}"}),
    Post("family_notice", "h", {"language": "es", "how": "paper", "on": "2026-11-20"}),
    Post("hold_new", "h", {"reason": "Court"}),
    Post("hold_lift", "h"),
    Post("family_destroy", "h", {"code": "{code}"}, ("hold_lift", "request_answer")),
    Post("request_answer", "h", ANSWERED),
    Post("request_statement", "h", {"statement": "No fue así."}, ("request_answer",)),
    Post("request_amend", "h", {"visit": "{finished}", "words": "Fue el martes."}, ("opening_new",)),
    Post("roster", "h", {"file": "{roster}"}),
    Post("roster_agree", "h", after=("roster",)),
    Post("roster_put_away", "h", after=("roster",)),
)

# What a form makes under its own key, by the name of `things`.
MAKES = {
    "family_new": "family", "child_new": "child", "caregiver_new": "caregiver", "occasion_new": "occasion",
    "safety_note_new": "safety_note", "first_visit": "said", "visit_new": "visit", "series_new": "series",
    "visit_make_up": "visit", "moment_keep": "moment", "credit_add": "credit", "attendance": "group_moment",
    "session_new": "session",
}  # fmt: skip

# Posts that only prepare another: under the name of their address, with other words.
PREPARING = {
    "visit_form_of_one": Post(
        "visit_form", "h", {"place-moment_words": "1", "heading-moment_words": "What we saw"}
    ),
    "nobody_came": Post("socialization_came", "a", {"initial-{family}-people": "{child}"}),
}

# Pages that take no form of the program's records: they are only shown, or are about one's own keys and sign-in.
UNPOSTED = frozenset(
    {
        "today", "search", "calendar_feed", "people", "families", "family", "family_story", "family_contacts",
        "family_days", "family_supports", "family_safety", "family_visitors", "family_visits", "family_consents",
        "consent", "visit_detail", "visit_text", "letters", "reflect", "shared", "conversation",
        "lesson", "lesson_part", "scene_file", "lesson_answer", "training", "training_team", "training_of",
        "conversation_choose", "reflection", "reflection_progress", "learn", "practice", "supervision", "caseload",
        "socializations", "socialization", "office", "family_office", "parent_request", "family_bundle",
        "family_bundle_data", "counts", "counts_export", "roster_sample", "components", "first_keys",
        "welcome", "come_in", "demo_sign_in", "account_login", "account_logout", "account_reauthenticate",
        "account_change_password", "usersessions_list", "session_end", "mfa_authenticate", "mfa_login_webauthn",
        "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index", "mfa_activate_totp",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn",
        "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
    }
)  # fmt: skip
