"""`apego lesson`: which lessons there are, one of them as text, and a program's own to write and check."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console, RenderableType

from apego.command.lesson_text import told_lesson, told_lessons
from apego.command.options import language_option
from apego.command.wording import SPOKEN, say
from apego.environment import value
from apego.listening.scenes import gaps, own_lessons
from apego.practice.content import Language
from apego.practice.lesson import PARTS, Lesson, Part
from apego.practice.lesson_folders import NAME, SKELETON
from apego.practice.lessons import lessons, load_lesson


class _Lessons(click.Group):
    """The group; a word that is none of its commands is the name of a lesson to play."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "play", self.commands["play"], args


@click.group(
    cls=_Lessons,
    invoke_without_command=True,
    subcommand_metavar="[LESSON | check FOLDER | new FOLDER]",
    help=say("command.lesson-help"),
    epilog=say("command.lesson-examples"),
)
@click.pass_context
def lesson(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        _show(told_lessons(_known().values(), SPOKEN))


@lesson.command("play", help=say("command.lesson-play-help"))
@click.argument("lesson_id", metavar="LESSON")
@click.option("--part", type=click.Choice(PARTS), help=say("command.lesson-part"))
@click.option("--with-examples", is_flag=True, help=say("command.lesson-with-examples"))
@language_option
def play(lesson_id: str, part: Part | None, with_examples: bool, language: Language) -> None:
    chosen = _chosen(lesson_id, language)
    if part is not None and part not in chosen.parts_there:
        there = ", ".join(chosen.parts_there)
        raise click.UsageError(say("command.lesson-part-none", language, known=there))
    _show(told_lesson(chosen, (part,) if part else chosen.parts_there, language, with_examples))


@lesson.command("check", help=say("command.lesson-check-help"))
@click.argument("folder", type=click.Path(path_type=Path))
@language_option
def check(folder: Path, language: Language) -> None:
    found = gaps(folder.resolve())
    if not found:
        click.echo(say("command.lesson-whole", language, folder=str(folder)))
        return
    for gap in found:
        click.echo(f"· {gap.told(language)}")
    if all(gap.is_advice for gap in found):
        click.echo(say("command.lesson-advice", language))
        return
    click.echo(say("command.lesson-gaps", language, count=len(found)), err=True)
    raise SystemExit(1)


@lesson.command("new", help=say("command.lesson-new-help"))
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    if not NAME.fullmatch(folder.resolve().name):
        raise click.UsageError(say("command.lesson-name", name=folder.name))
    if folder.exists():
        raise click.ClickException(say("command.lesson-there-already", folder=str(folder)))
    try:
        shutil.copytree(SKELETON, folder, copy_function=shutil.copyfile)
    except OSError as fault:
        why = fault.strerror or type(fault).__name__
        raise click.ClickException(say("command.cannot-write", path=str(folder), why=why)) from None
    click.echo(say("command.lesson-begun", folder=str(folder)))


def _chosen(lesson_id: str, language: Language) -> Lesson:
    """Give the lesson of that name, or the one in that folder: so its author can read it before it is shown."""
    known = _known()
    if lesson_id in known:
        return known[lesson_id]
    folder = Path(lesson_id)
    if not folder.is_dir():
        names = ", ".join(known)
        raise click.UsageError(say("command.lesson-none", language, lesson=lesson_id, known=names))
    in_the_way = [gap for gap in gaps(folder.resolve()) if not gap.is_advice]
    if in_the_way:
        raise click.ClickException(in_the_way[0].told(language))
    return load_lesson(folder.resolve())


def _known() -> dict[str, Lesson]:
    """Give the lessons that come with Apego and the program's own; what keeps one out is said aside."""
    if not value("APEGO_LESSONS"):
        return lessons()
    folder = Path(value("APEGO_LESSONS")).expanduser()
    own, left_out = own_lessons(folder)
    for name, found in left_out.items():
        path = str(folder / name)
        told = say("command.lesson-own-left-out", folder=name, gap=found[0].told(SPOKEN), path=path)
        click.echo(told, err=True)
    return {**own, **lessons()}


def _show(blocks: Iterable[RenderableType]) -> None:
    console = Console(highlight=False)
    for block in blocks:
        console.print(block)
