"""`apego demo`: a reflection on the visit that ships with Apego."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from apego.command.drawing import drawn, show
from apego.command.files import write
from apego.command.options import language_option
from apego.command.reflect import Asked, reflected
from apego.command.wording import say
from apego.listening.formats import read_data
from apego.practice.content import Language

PAGE = Path("apego-demo.html")


@click.command(help=say("command.demo-help"))
@language_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=PAGE, show_default=True, help=say("command.out")
)
def demo(language: Language, out: Path) -> None:
    data = resources.files("apego.command").joinpath("demo", "visit.vtt").read_bytes()
    _, reflection = reflected(read_data(data, "visit.vtt"), Asked(language))
    show(reflection, language, "text")
    write(out, drawn(reflection, language, "html"))
    click.echo("\n" + say("command.page", language, path=str(out.resolve())))
