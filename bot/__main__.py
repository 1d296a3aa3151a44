"""The command line: ``./run`` is ``run``, ``./run bot …`` is everything here."""

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import settings as settings_room
from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
rules = typer.Typer(no_args_is_help=True, help="The rule sets of the programme.")
app.add_typer(rules, name="rules")
register = typer.Typer(no_args_is_help=True, help="The office's own register of products.")
app.add_typer(register, name="register")
audit = typer.Typer(no_args_is_help=True, help="The log of what officers did and looked at.")
app.add_typer(audit, name="audit")


def _settings(**overrides: Any) -> Settings:
    try:
        return settings_room.read(os.environ, **overrides)
    except settings_room.WrongSetting as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(2) from None


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="The port of the demo page (8080).")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
) -> None:
    """Serve everything in one process, with the demo in the browser."""
    _serve("run", port=port, host=host)


@app.command()
def listen(
    port: Annotated[int | None, typer.Option(help="The port for the channels' webhooks.")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
) -> None:
    """Only hear what the channels tell; any number of these, on PostgreSQL."""
    _serve("listen", port=port, host=host)


@app.command()
def deliver() -> None:
    """Only send letters; one does, others stand by, on PostgreSQL."""
    _serve("deliver")


@app.command()
def remind() -> None:
    """Only let the clock run, on PostgreSQL."""
    _serve("remind")


def _serve(role: str, **overrides: Any) -> None:
    gc.disable()  # until all is built: what is loaded now stays
    from bot import assembly, logs, starting  # noqa: PLC0415 - so that --help is quick

    settings = _settings(**overrides)
    logs.configure(settings.log_level)
    try:
        getattr(assembly, role)(settings)
    except starting.CannotStart as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(1) from None


@app.command()
def migrate() -> None:
    """Bring the database to the newest form of its tables."""
    from storage import migrate as migrating  # noqa: PLC0415

    settings = _settings()
    migrating.upgrade(settings.database)
    typer.echo(f"{migrating.current(settings.database)}")


@app.command()
def play(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A .chat transcript.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what is stored afterwards.")
    ] = False,
) -> None:
    """Play a transcript through the real parts without a network, and print how it goes."""
    from bot.channels.console import playing  # noqa: PLC0415

    played = playing.play(file.read_text(encoding="utf-8"), file.parent / playing.PAPERS)
    sys.stdout.write(played.stored_json() if as_json else played.transcript)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A programme file.")],
) -> None:
    """Take in an office's programme (docs/sample-programme.md): all of it, or nothing."""
    from bot import importing  # noqa: PLC0415

    raise typer.Exit(importing.run(_settings(), file))


@app.command()
def invite(
    role: Annotated[str, typer.Option(help="What they will be, such as administrator or commune.")],
    area: Annotated[str, typer.Option(help="A commune or a province, by its code or name.")] = "",
    days: Annotated[int, typer.Option(min=1, max=90, help="How long the code is good.")] = 7,
) -> None:
    """Print a one-time code, with its link and QR, that makes whoever types it an officer."""
    from bot import offices  # noqa: PLC0415
    from programme.roles import Role  # noqa: PLC0415

    if role not in set(Role):
        typer.echo(f"--role: {role} is none of {', '.join(Role)}", err=True)
        raise typer.Exit(2)
    _of_offices(offices.invite, Role(role), area, days)


@app.command(name="officers")
def officers_(
    area: Annotated[str, typer.Option(help="Only those of this area and within it.")] = "",
) -> None:
    """List who is an officer of what, by number."""
    from bot import offices  # noqa: PLC0415

    _of_offices(offices.listed, area)


@app.command(name="shut-out")
def shut_out(
    number: Annotated[int, typer.Argument(help="The officer's number, see officers.")],
    *,
    again: Annotated[bool, typer.Option(help="Also print a code for the officer's new phone.")] = (
        False
    ),
) -> None:
    """Shut the lost phone of an officer out, at once."""
    from bot import offices  # noqa: PLC0415

    _of_offices(offices.shut_out, number, again=again)


def _of_offices(do: Callable[..., int | None], *args: Any, **options: Any) -> None:
    from bot.offices import WrongOffice  # noqa: PLC0415

    try:
        raise typer.Exit(do(_settings(), *args, **options) or 0)
    except WrongOffice as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(2) from None


@audit.command()
def verify(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    since: Annotated[str, typer.Option(help="SEQ:HASH that was noted down earlier.")] = "",
) -> None:
    """Prove that nothing in the log was changed, removed or put in; ends with 1 if anything was."""
    from bot import offices  # noqa: PLC0415

    _of_offices(offices.verify, since, as_json=as_json)


@audit.command()
def show(
    person: Annotated[int, typer.Option(help="The officer's number; 0 is the command line.")],
) -> None:
    """List what somebody did and looked at, oldest first."""
    from bot import offices  # noqa: PLC0415

    _of_offices(offices.deeds, person)


@app.command()
def report(
    kind: Annotated[str, typer.Argument(help="year, term, plan, conclusions or annex.")],
    year: Annotated[str, typer.Option(help="A year, or the years of a term: 2021-2025.")],
    area: Annotated[str, typer.Option(help="A commune, a district or a province.")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the papers into this folder.")] = None,
) -> None:
    """Print what a report comes to, or write it as Word, PDF and Excel (docs/bao-cao.md)."""
    from bot import reporting  # noqa: PLC0415

    try:
        asked = reporting.Asked(kind, year, area)
        raise typer.Exit(reporting.run(_settings(), asked, as_json=as_json, out=out))
    except reporting.WrongReport as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(2) from None


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to make, such as ocop-2027-03-01.zip.")],
) -> None:
    """Keep everything of this moment in one file, while the bot runs (docs/du-lieu.md)."""
    from bot import backing_up  # noqa: PLC0415

    os.nice(10)  # people who talk to the bot go first
    raise typer.Exit(backing_up.back_up(_settings(), file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup has made.")],
    *,
    replace: Annotated[
        bool, typer.Option(help="Move aside what is there; else it must be empty.")
    ] = False,
) -> None:
    """Bring everything of a back-up here, and prove that it is the same."""
    from bot import backing_up  # noqa: PLC0415

    raise typer.Exit(backing_up.restore(_settings(), file, replace=replace))


@app.command(name="move-to")
def move_to(
    address: Annotated[str, typer.Argument(help="An empty database: postgresql://…")],
) -> None:
    """Move all rows to PostgreSQL; the bot must not run meanwhile (docs/du-lieu.md)."""
    from bot import moving  # noqa: PLC0415

    raise typer.Exit(moving.move(_settings(), address))


@register.command(name="import")
def import_register(
    file: Annotated[Path, typer.Argument(help="The office's Excel, an .xlsx.")],
    *,
    map_: Annotated[
        Path | None, typer.Option("--map", help="What its columns are, see docs/du-lieu.md.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Only say what would come of it.")] = False,
) -> None:
    """Take in the rows of an office's register, and say of each other row why not."""
    from bot import logs, registering  # noqa: PLC0415

    logs.configure("error")
    raise typer.Exit(registering.take_in(_settings(), file, map_, dry=dry_run))


@register.command()
def export(
    out: Annotated[Path, typer.Option(help="The folder for the files.")],
    area: Annotated[str, typer.Option(help="Only that province or commune.")] = "",
) -> None:
    """Write the register in the ministry's field names: .xlsx, .csv and .json."""
    from bot import handing_out  # noqa: PLC0415

    _of_offices(handing_out.hand_out, out, area)


@rules.command()
def check(
    *, doubts: Annotated[bool, typer.Option(help="List what is doubtful, with its source.")] = True
) -> None:
    """Prove every sheet of every rule set; ends with 1 if anything is wrong."""
    from bot import ruling  # noqa: PLC0415

    raise typer.Exit(ruling.check(with_doubts=doubts))


@app.command()
def score(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A dossier file.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything, as JSON.")] = False,
    overlay: Annotated[
        list[Path] | None, typer.Option(exists=True, file_okay=False, help="A province's rules.")
    ] = None,
) -> None:
    """Say what one dossier would get and what it lacks (docs/score-file.md)."""
    from bot import clock, ruling  # noqa: PLC0415

    raise typer.Exit(ruling.score(file, clock.now(), *(overlay or ()), as_json=as_json))


@app.command()
def retention(
    *,
    apply: Annotated[bool, typer.Option(help="Let go of it; else it is only counted.")] = False,
) -> None:
    """Count what is kept longer than its rule allows (docs/rieng-tu.md), or let go of it."""
    from bot import logs, retaining  # noqa: PLC0415

    logs.configure("error")
    for line in retaining.told(_settings(), apply=apply):
        typer.echo(line)


@app.command()
def simulate(
    year: Annotated[int, typer.Option(help="The year to live through.")] = 2027,
    dossiers: Annotated[int, typer.Option(min=1, help="How many dossiers there are.")] = 5000,
    seed: Annotated[int, typer.Option(help="The same seed, the same year.")] = 1,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Live through a year of deadlines, outages and moved dates; ends with 1 if a promise broke."""
    from bot import logs  # noqa: PLC0415
    from bot.simulation import audit, run  # noqa: PLC0415

    logs.configure("error")
    found = run.simulate(year, dossiers, seed)
    typer.echo(json.dumps(found, indent=2) if as_json else run.table(found))
    raise typer.Exit(not audit.sound(found))


if __name__ == "__main__":
    app()
