"""Answers in a lesson: her own words first, and what stands beside them after that."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apego.practice.domains import domains
from apego.practice.lesson import Lesson, Part, Question, Rewrite, Say, SmallPractice, Sort
from apego.records import learning
from apego.records.actions import learning as actions
from apego.records.answering import beside, by_domain, heard, noted, sorted_by
from apego.records.models import LessonAnswer
from apego.web.forms.lessons import AnswerForm, answer_form
from apego.web.forms.reflect import focuses, page_language
from apego.web.requests import Asked, done, now, reach
from apego.web.views.lessons import lesson_or_404


def question(request: Asked, id: str, exercise: str) -> HttpResponse:
    """One question: her own words, and only then the example answers."""
    lesson = lesson_or_404(id)
    asked = lesson.question(exercise)
    if asked is None:
        raise Http404
    place = lesson.questions.index(asked)
    answered = learning.answers(request.user, lesson)
    context = {
        "question": asked,
        "number": place + 1,
        "next": next((one for one in lesson.questions if one.id not in answered and one is not asked), None),
        "marks": learning.marks(request.user, lesson).filter(removed_at=None),
    }
    return _exercise(request, lesson, asked, context, answered.get(exercise, []))


def small_practice(request: Asked, id: str, exercise: str) -> HttpResponse:
    """A small practice: sentences to sort, a note to write again, something to say."""
    lesson = lesson_or_404(id)
    tried = lesson.small_practice(exercise)
    if tried is None:
        raise Http404
    place = lesson.small_practices.index(tried)
    answered = learning.answers(request.user, lesson)
    context: dict[str, Any] = {
        "practice": tried,
        "kind": type(tried).__name__.lower(),
        "next": next(iter(lesson.small_practices[place + 1 :]), None),
        "focus": (tried.practice, dict(focuses()).get(tried.practice or "")),
    }
    if isinstance(tried, Rewrite):
        context["note"] = noted(tried.note[page_language()], page_language())
    return _exercise(request, lesson, tried, context, answered.get(exercise, []))


def _exercise(
    request: Asked,
    lesson: Lesson,
    exercise: Question | SmallPractice,
    context: dict[str, Any],
    before: list[LessonAnswer],
) -> HttpResponse:
    """Show an exercise with what she answered, or keep an answer."""
    part: Part = "experience" if isinstance(exercise, Question) else "how"
    actions.open_part(person=request.user, lesson=lesson, part=part, at=now())
    latest = before[0] if before else None
    form = answer_form(exercise, request.POST or None, initial=_initial(latest))
    name = "question" if isinstance(exercise, Question) else "small_practice"
    if form.is_valid():
        return _keep(request, lesson, exercise.id, form, name)
    context |= {
        "lesson": lesson,
        "form": form,
        "stay": reverse("lesson_time", args=[lesson.id, part]),
        "latest": latest,
        "earlier": before[1:],
        "door": "learn",
        **_seen(exercise, latest, list(context.get("marks", ()))),
    }
    return render(request, f"apego/learn/{name}.html", context, status=422 if form.errors else 200)


def _keep(request: Asked, lesson: Lesson, exercise: str, form: AnswerForm, name: str) -> HttpResponse:
    words, parts = form.answer

    def act() -> str:
        actions.answer(
            id=uuid4(),
            lesson=lesson,
            exercise=exercise,
            words=words,
            parts=parts,
            language=page_language(),
            by=request.user,
            at=now(),
        )
        return f"{reverse(name, args=[lesson.id, exercise])}#yours"

    return done(request, act)


def _initial(latest: LessonAnswer | None) -> dict[str, str]:
    if latest is None:
        return {}
    told = {f"domain_{id}": words for id, words in latest.parts.items()}
    told |= {f"item_{number}": group for number, group in latest.parts.items()}
    return told | {"words": latest.words}


def _seen(
    exercise: Question | SmallPractice, latest: LessonAnswer | None, marks: list[Any]
) -> dict[str, Any]:
    """Give what stands beside her latest answer; nothing before there is one."""
    if latest is None:
        return {}
    language = page_language()
    if isinstance(exercise, Question):
        if exercise.kind == "domains":
            return {"by_domain": by_domain(latest.parts, marks, exercise, language)}
        return {"beside": beside(latest.words, exercise.examples, language)}
    if isinstance(exercise, Sort):
        return {"sorted": sorted_by(exercise, latest)}
    if isinstance(exercise, Say):
        return {"heard": heard(latest.words, exercise)}
    return {"noted": noted(latest.words, language)}


def lesson_answer(request: Asked, id: UUID) -> HttpResponse:
    """One answer, as its author and the supervisor with whom she shared it read it."""
    answer = reach(request, LessonAnswer, id, LessonAnswer.objects.select_related("person__supervisor"))
    lesson = learning.lessons().get(answer.lesson)
    asked = (lesson.question(answer.exercise) or lesson.small_practice(answer.exercise)) if lesson else None
    context = {
        "answer": answer,
        "lesson": lesson,
        "asked": asked,
        "mine": answer.person_id == request.user.id,
        "told": _told(answer, asked),
        "door": "learn",
    }
    return render(request, "apego/learn/answer.html", context)


def _told(answer: LessonAnswer, asked: Question | SmallPractice | None) -> list[tuple[str, str]]:
    """Give the parts of an answer by their names: what she wrote under each domain, where she put each sentence."""
    language = page_language()
    if isinstance(asked, Sort):
        return [
            (one.item.text[language], one.hers.name[language]) for one in sorted_by(asked, answer) if one.hers
        ]
    names = domains()
    return [(names[id].name[language] if id in names else id, words) for id, words in answer.parts.items()]


@require_POST
def lesson_answer_share(request: Asked, id: UUID) -> HttpResponse:
    answer = reach(request, LessonAnswer, id, LessonAnswer.objects.filter(person=request.user))

    def act() -> str:
        actions.share(answer=answer, by=request.user, at=now())
        return reverse("lesson_answer", args=[answer.id])

    return done(request, act)


@require_POST
def lesson_answer_take_back(request: Asked, id: UUID) -> HttpResponse:
    answer = reach(request, LessonAnswer, id, LessonAnswer.objects.filter(person=request.user))

    def act() -> str:
        actions.take_back(answer=answer, by=request.user, at=now())
        return reverse("lesson_answer", args=[answer.id])

    return done(request, act)
