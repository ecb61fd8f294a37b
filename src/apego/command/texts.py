"""`apego read`, `note`, `domains` and `compare`: one text, or one JSON object a line, for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import click

from apego.command.wording import say
from apego.listening import answers, notes, reader
from apego.listening import domains as development
from apego.practice.content import LANGUAGES

Request = dict[str, Any]
Answer = Callable[[Request], dict[str, Any]]


class BadLine(Exception):
    """A line that is not a request: `code` names the sentence, `slots` fill it."""

    def __init__(self, code: str, **slots: str | int) -> None:
        super().__init__(code)
        self.code, self.slots = code, slots


def _read(request: Request) -> dict[str, Any]:
    found = reader.read(_text(request), request.get("role") or "visitor", request.get("before") or "")
    return {
        "labels": list(found.labels),
        "sure": list(found.sure),
        "probabilities": found.probabilities,
        "reasons": [asdict(reason) for reason in found.reasons],
    }


def _note(request: Request) -> dict[str, Any]:
    found = notes.check(_text(request), request.get("lang"), tuple(_texts(request, "names")))
    spans = [
        {
            "start": span.start,
            "end": span.end,
            "text": span.text,
            "class": span.note_class,
            "question": span.question,
        }
        for span in found.spans
    ]
    return {"spans": spans, "specific": asdict(found.specific)}


def _domains(request: Request) -> dict[str, Any]:
    found = development.domains(_text(request), request.get("months"), request.get("lang"))
    return {
        "domains": list(found.domains),
        "goals": list(found.goals),
        "probabilities": found.probabilities,
        "plain": list(found.plain),
        "carried": {domain: list(words) for domain, words in found.carried.items()},
    }


def _compare(request: Request) -> dict[str, Any]:
    if "examples" not in request:
        raise BadLine("command.not-texts", key="examples")
    found = answers.compare(_text(request, "answer"), _texts(request, "examples"), request.get("lang"))
    return {"examples": [asdict(one) for one in found]}


def _text(request: Request, key: str = "text") -> str:
    text = request.get(key)
    if not isinstance(text, str):
        raise BadLine("command.no-text", key=key)
    return text


def _texts(request: Request, key: str) -> list[str]:
    """Give a list of texts; none where the line has none."""
    texts = request.get(key)
    if texts is None:
        return []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadLine("command.not-texts", key=key)
    return texts


def _request(line: str) -> Request:
    try:
        request = json.loads(line)
    except ValueError:
        raise BadLine("command.not-json") from None
    if not isinstance(request, dict):
        raise BadLine("command.not-an-object")
    if not isinstance(request.get("role"), str | None):
        raise BadLine("command.not-a-text", key="role")
    if request.get("lang") not in (None, *LANGUAGES):
        raise BadLine("command.no-language")
    if not isinstance(request.get("before"), str | None):
        _texts(request, "before")
    months = request.get("months")
    if months is not None and (not isinstance(months, int) or isinstance(months, bool) or months < 0):
        raise BadLine("command.no-months")
    return request


def _answers(lines: Iterator[str], answer: Answer) -> Iterator[dict[str, Any]]:
    """Answer each line in its place; a line that is no request gets its reason there, and the rest go on."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield answer(_request(line))
        except BadLine as bad:
            yield {"error": say(bad.code, **bad.slots), "line": number}


def _stream(answer: Answer) -> None:
    """Answer standard input line by line, in order, each as soon as it is known."""
    failed = False
    lines = (raw.decode("utf-8", "replace") for raw in sys.stdin.buffer)
    for answered in _answers(lines, answer):
        failed = failed or "error" in answered
        sys.stdout.write(json.dumps(answered, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if failed:
        sys.exit(1)


def _once(answer: Answer, request: Request) -> None:
    click.echo(json.dumps(answer(request), ensure_ascii=False, indent=1))


def _asked(text: str | None, jsonl: bool) -> str:
    """Give the text of the one request; say so when there is neither a text nor --jsonl."""
    if text is None:
        raise click.UsageError(say("command.text-or-jsonl"))
    if jsonl:
        raise click.UsageError(say("command.text-and-jsonl"))
    return text


jsonl_option = click.option("--jsonl", is_flag=True, help=say("command.jsonl"))
lang_option = click.option("--lang", type=click.Choice(["en", "es"]), help=say("command.lang"))


@click.command(help=say("command.read-help"), epilog=say("command.read-examples"))
@click.argument("text", required=False)
@click.option("--role", default="visitor", show_default=True, help=say("command.role"))
@click.option("--before", default="", help=say("command.before"))
@jsonl_option
def read(text: str | None, role: str, before: str, jsonl: bool) -> None:
    if jsonl and text is None:
        _stream(_read)
    else:
        _once(_read, {"text": _asked(text, jsonl), "role": role, "before": before})


@click.command(help=say("command.note-help"), epilog=say("command.note-examples"))
@click.argument("text", required=False)
@click.option("--name", "names", multiple=True, help=say("command.name"))
@lang_option
@jsonl_option
def note(text: str | None, names: tuple[str, ...], lang: str | None, jsonl: bool) -> None:
    if jsonl and text is None:
        _stream(_note)
    else:
        _once(_note, {"text": _asked(text, jsonl), "names": list(names), "lang": lang})


@click.command(help=say("command.domains-help"), epilog=say("command.domains-examples"))
@click.argument("text", required=False)
@click.option("--months", type=click.IntRange(0, 72), help=say("command.months"))
@lang_option
@jsonl_option
def domains(text: str | None, months: int | None, lang: str | None, jsonl: bool) -> None:
    if jsonl and text is None:
        _stream(_domains)
    else:
        _once(_domains, {"text": _asked(text, jsonl), "months": months, "lang": lang})


@click.command(help=say("command.compare-help"), epilog=say("command.compare-examples"))
@click.argument("answer", required=False)
@click.argument("examples", nargs=-1)
@lang_option
@jsonl_option
def compare(answer: str | None, examples: tuple[str, ...], lang: str | None, jsonl: bool) -> None:
    if jsonl and answer is None:
        _stream(_compare)
    else:
        _once(_compare, {"answer": _asked(answer, jsonl), "examples": list(examples), "lang": lang})
