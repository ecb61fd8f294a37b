"""Why something could not be done: the sentence for each code that an action may refuse with."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: Mapping[str, Promise] = {
    "gone-meanwhile": _("This is no longer here. Somebody removed it while you were writing."),
    "already-finished": _(
        "This visit is finished and signed, so it stays as it is. You can add an addendum below it."
    ),
    "ends-before-it-began": _("The last day lies before the first one. Check both days."),
    "visits-this-family-already": _(
        "She visits this family already in those days. Choose somebody else, or another day."
    ),
    "two-visit-this-family": _(
        "Two visitors already go to this family. Hand it over from one of them, or let somebody cover."
    ),
    "not-a-visitor": _("Only a home visitor who works here now can visit a family."),
    "not-of-this-family": _(
        "One of the adults you chose is not of this family. Open the page again and choose anew."
    ),
    "no-letters": _("This person wants no letters. Nothing was kept."),
    "letter-given": _("This letter was given, so it stays as it was. You can write another."),
    "not-planned": _(
        "This visit is no longer only planned, so it is not moved. Its day can be changed under who, when and where."
    ),
    "not-held": _("This visit is marked as not held. Put it back first, and then write."),
    "not-such-a-reason": _("That reason does not go with that answer. Open the page again and choose anew."),
    "has-moments": _(
        "Something is already kept for this visit, so it was held, however short. Finish it as it was."
    ),
    "nothing-to-make-up": _("This visit is not marked as not held, so there is nothing to make up."),
    "no-such-part": _("There is no such part of a visit. Open the page again."),
    "no-such-entry": _(
        "Something that was chosen is no longer in the list. Open the page again and choose anew."
    ),
    "times-missing": _(
        "The visit still lacks when it began or when it ended. Both are fixed when it is finished."
    ),
    "ends-before-it-begins": _("The end lies before the beginning. Check both."),
    "very-long": _("From beginning to end it is more than eight hours. Check morning and afternoon."),
    "ends-later": _("The end of the visit lies ahead. Finish it when it is over, or check the times."),
    "nobody-took-part": _("Nobody is named yet who took part. Tick the child and the adult who were there."),
    "two-edits-open": _(
        "Two edits of this visit wait for you. Decide first which is to stand, and then finish it."
    ),
    "sign-when-finished": _("Nobody signs a form that is still being written. Finish the visit first."),
    "signs-for-herself": _(
        "Each person signs in her own way: a visitor by being signed in, a parent on the screen or on paper."
    ),
    "no-drawing": _("There is no signature yet. Sign in the box, or choose the signature on paper."),
    "add-when-finished": _("This visit is still open: write it there. Addenda are for finished visits."),
    "login-taken": _("Somebody here has this sign-in name already. Choose another one."),
    "person-left": _("This person no longer works here. Let her in again first."),
    "link-over": _("This link opens no more. Your coordinator can make you another one."),
    "not-her-supervisor": _(
        "Only a home visitor has a supervisor, and it must be a supervisor who works here now."
    ),
    "not-yourself": _("Nobody ends her own access or changes her own role. Another coordinator can do it."),
    "still-visits": _(
        "She is still with families. Let another visitor take them over, then change her role."
    ),
    "still-supervises": _(
        "Visitors still look to her. Choose another supervisor for each, then change her role."
    ),
    "request-waits": _(
        "A parent's request still waits for its answer, so nothing is destroyed. Answer it first."
    ),
    "not-this-request": _("This request is not about that. Open the request again from the family's page."),
    "answered-before": _("This request was answered already. Open it again to see the answer."),
    "refused-without-reason": _("A refusal says why: the parent gets it in writing. Write the reason."),
    "answered-too-early": _("The answer lies before the day on which the request came. Check the day."),
    "statement-when-refused": _("A statement stands beside what was refused. This request was not refused."),
    "set-up-before": _("This installation has its program already. Another program is another installation."),
    "not-signed": _("There is no signature yet. Sign in the box, write the name, or choose paper."),
    "no-consent": _("No consent that counts today covers this. Have one signed first."),
    "consent-lacking": _(
        "Not every adult who was there has said yes yet, so nothing was brought in. Ask them first; it is all right if somebody would rather not."
    ),
    "consent-ended": _(
        "A consent under this conversation was taken back or has ended, so nothing new is done with it."
    ),
    "on-hold": _(
        "A legal hold stands on this family's record. While it stands nothing is destroyed, its conversations included."
    ),
    "nobody-named": _("Say first who is who in this conversation. Then it can be read."),
    "questions-open": _("Answer every question in your own words first. Then this part is done."),
    "no-such-part-of-a-lesson": _("This lesson has no such part. Open it again from Learn."),
    "no-such-exercise": _(
        "This lesson has changed since you opened it. Open it again from Learn; what you typed is still on this device."
    ),
    "no-answer": _("There is nothing written yet. A few words are enough."),
    "no-supervisor": _("You have no supervisor here with whom this could be shared."),
    "no-focus": _("Choose one of them, or write your own."),
    "written-elsewhere": _(
        "You wrote something else here in another window. Open the page again; nothing was written over."
    ),
    "no-supervisor-yet": _("Nobody is her supervisor yet. The coordinator names one under People."),
    "not-your-session": _("A session of supervision is open to the two who hold it, and to nobody else."),
    "group-finished": _("This group is finished, so who came and what was seen stay as they are."),
    "group-not-held": _("This group is marked as not held. Put it back first, and then write."),
    "group-ahead": _("This group has not begun. Who came is noted on the day, from an hour before."),
    "somebody-came": _("Somebody came to this group already, so it was held. Finish it as it was."),
    "nobody-came": _(
        "Nobody is noted yet who came. Note at least one family, or say that the group was not held."
    ),
    "nobody-named-of-family": _("Tick who of the family came, a child or an adult."),
    "has-moments-of-family": _(
        "A moment of this family is kept for this group, so they came. Take the moment out first."
    ),
    "two-plans-open": _(
        "Two edits of this plan wait for you. Decide first which is to stand, and then finish the group."
    ),
    "begins-before-enrolment": _("The weekly visits would begin before the family enrolled. Check the day."),
    "of-another-family": _("This form does not belong here. Open the page anew and write it once more."),
    "roster-gone": _("There is no file here any more. Bring it again."),
    "roster-has-problems": _(
        "Something in the file or in the program changed since the preview. Look at it again; nothing was enrolled."
    ),
}


def because(code: str) -> Promise:
    """Give the sentence for a code. Raises KeyError for a code without one; a test holds them together."""
    return REASONS[code]
