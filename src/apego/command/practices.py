"""`apego practices`: the seven practices and relationship care, with examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from apego.command.options import language_option
from apego.command.wording import say
from apego.practice.content import Language
from apego.practice.examples import examples
from apego.practice.practices import Practice
from apego.practice.practices import practices as known_practices
from apego.practice.quoting import quoted


@click.command(help=say("command.practices-help"), epilog=say("command.practices-examples"))
@click.argument("practice_id", required=False, metavar="[PRACTICE]")
@language_option
def practices(practice_id: str | None, language: Language) -> None:
    known = known_practices()
    if practice_id is None:
        told = _overview(known.values(), language)
    elif practice_id in known:
        told = _told(known[practice_id], language)
    else:
        names = ", ".join(known)
        raise click.UsageError(say("command.no-practice", language, practice=practice_id, known=names))
    console = Console(highlight=False)
    for block in told:
        console.print(block)


def _overview(known: Iterable[Practice], language: Language) -> Iterator[RenderableType]:
    for practice in known:
        yield Text(practice.name[language], style="bold").append(f"  {practice.id}", style="dim")
        yield Padding(Text(practice.why[language]), (0, 0, 1, 2))


def _told(practice: Practice, language: Language) -> Iterator[RenderableType]:
    yield Text(practice.name[language], style="bold")
    yield Text(practice.why[language])
    for key, texts in (("look-for", practice.look_for), ("leave-aside", practice.leave_aside)):
        yield _heading(say(f"command.{key}", language))
        yield from (Padding(Text(f"· {text[language]}"), (0, 0, 0, 2)) for text in texts)
    yield _heading(say("command.how-to-note", language))
    yield Padding(Text(practice.note[language]), (0, 0, 0, 2))
    yield Padding(Text(practice.note_example[language], style="italic"), (1, 0, 0, 4))
    yield _heading(say("command.sounds-like", language))
    for example in examples(practice.id):
        if example.before:
            yield Padding(Text(quoted(example.before[language]), style="green4"), (0, 0, 0, 2))
        yield Padding(Text(quoted(example.said[language])), (0, 0, 1, 2))
    yield _heading(say("command.sources", language))
    yield from (Padding(Text(source.title[language]), (0, 0, 0, 2)) for source in practice.sources)


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold underline")
