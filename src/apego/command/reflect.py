"""`apego reflect`: from transcripts to reflections, one or a whole folder of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from apego.command.drawing import BY_SUFFIX, FORMATS, Format, drawn, show
from apego.command.files import opened, transcripts_in, write
from apego.command.options import child_option, language_option, parent_option, visitor_option
from apego.command.wording import say
from apego.listening.pages.sheet import sheet
from apego.listening.people import Cast, who_is_who
from apego.listening.reflection import Reflection
from apego.listening.reflection import reflect as reflect_on
from apego.listening.transcript import Role, Transcript, TranscriptUnreadable
from apego.practice.content import Language

SHOWN_REPAIRS = 10
SUMMARY = ("file", "reflection", "turns", "visitor", "parent", "child", "repairs", "unreadable")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, on every file alike."""

    language: Language
    visitor: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    child: tuple[str, ...] = ()
    months: int | None = None


@click.command(help=say("command.reflect-help"), epilog=say("command.reflect-examples"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@language_option
@click.option("--format", "form", type=click.Choice(FORMATS), help=say("command.format"))
@click.option("--out", type=click.Path(path_type=Path), help=say("command.out"))
@visitor_option
@parent_option
@child_option
@click.option("--child-age", type=click.IntRange(0, 72), metavar="MONTHS", help=say("command.child-age"))
def reflect(
    files: tuple[Path, ...],
    language: Language,
    form: Format | None,
    out: Path | None,
    visitor: tuple[str, ...],
    parent: tuple[str, ...],
    child: tuple[str, ...],
    child_age: int | None,
) -> None:
    asked = Asked(language, visitor, parent, child, child_age)
    if len(files) == 1 and not files[0].is_dir():
        _one(files[0], asked, form or BY_SUFFIX.get(out.suffix.lower() if out else "", "text"), out)
    else:
        _many(files, asked, form or "html", out or Path("apego-reflections"))


def reflected(transcript: Transcript, asked: Asked) -> tuple[Cast, Reflection]:
    """Say who is who, and reflect."""
    cast = who_is_who(transcript, asked.visitor, asked.parent, asked.child)
    return cast, reflect_on(cast.transcript, asked.months)


def remarks(cast: Cast, language: Language) -> list[str]:
    """Say who was guessed to be who and why, and what was mended while reading."""
    repairs = cast.transcript.repairs
    said = [guessed.told(language) for guessed in cast.guessed]
    if said:
        said.append(say("transcripts.guess-overrule", language))
    for repair in repairs[:SHOWN_REPAIRS]:
        said.append(say(repair.code, language, line=repair.line, **dict(repair.slots)))
    if (more := len(repairs) - SHOWN_REPAIRS) > 0:
        said.append(say("command.more-repairs", language, more=more))
    return said


def _one(file: Path, asked: Asked, form: Format, out: Path | None) -> None:
    cast, reflection = reflected(opened(file), asked)
    for line in remarks(cast, asked.language):
        click.echo(line, err=True)
    if out is None:
        show(reflection, asked.language, form)
    else:
        write(out, drawn(reflection, asked.language, form))
        click.echo(say("command.written", asked.language, path=str(out)), err=True)


def _many(files: Sequence[Path], asked: Asked, form: Format, out: Path) -> None:
    """Reflect on each; one bad file does not stop the rest, and the exit code says that there was one."""
    paths = transcripts_in(files)
    if not paths:
        raise click.ClickException(say("command.nothing-found", asked.language, path=str(files[0])))
    label = say("command.reflecting", asked.language)
    with click.progressbar(paths, file=sys.stderr, label=label) as progress:
        rows = [
            _row(path, target, asked, form)
            for path, target in zip(progress, _targets(paths, form, out), strict=True)
        ]
    write(out / "summary.csv", sheet([SUMMARY, *rows]))
    failed = sum(bool(row[-1]) for row in rows)
    done = say("command.done", asked.language, done=len(rows) - failed, failed=failed, path=str(out))
    click.echo(done, err=True)
    if failed:
        sys.exit(1)


def _targets(paths: Sequence[Path], form: Format, out: Path) -> list[Path]:
    """Give each file its own place: files of one name from different folders get a number."""
    ending = "txt" if form == "text" else form
    seen: dict[str, int] = {}
    targets = []
    for path in paths:
        seen[path.name] = number = seen.get(path.name, 0) + 1
        targets.append(out / (f"{path.name}.{ending}" if number == 1 else f"{path.name}.{number}.{ending}"))
    return targets


def _row(path: Path, target: Path, asked: Asked, form: Format) -> tuple[str, ...]:
    """Reflect on one file of many and give its row of the summary."""
    try:
        cast, reflection = reflected(opened(path), asked)
    except TranscriptUnreadable as unreadable:
        why = say(unreadable.code, asked.language, **unreadable.slots)
        return (str(path), "", "", "", "", "", "", why)
    write(target, drawn(reflection, asked.language, form))
    heard = reflection.conversation
    people = (", ".join(heard.speakers(role)) for role in (Role.VISITOR, Role.PARENT, Role.CHILD))
    return (str(path), str(target), str(len(heard.turns)), *people, str(len(cast.transcript.repairs)), "")
