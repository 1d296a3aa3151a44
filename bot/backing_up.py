"""Back-ups on the command line: one command while the bot runs, and one that brings all back."""

from contextlib import closing
from pathlib import Path

from bot import clock, starting
from bot.settings import Settings
from bot.terminal import Refused, refuse, say
from conversations.messages import Message
from storage import audit, backups, migrate, restoring
from storage.backups import Backup, Manifest, NotWhole
from storage.database import Database
from storage.files import Files
from storage.moving import CannotHold
from storage.restoring import InUse, Live, NotEmpty, NotThere

_MEGABYTE = 1_000_000


def back_up(settings: Settings, file: Path) -> int:
    """Keep all rows of this moment, and the files that they name, in one new file; 1 if not."""
    try:
        manifest = _backed_up(settings, file)
    except Refused as refused:
        return refuse(refused.message)
    except OSError as error:
        return refuse(Message("backups.no_room", {"file": str(file), "why": str(error)}))
    size = max(1, file.stat().st_size // _MEGABYTE)
    say(Message("backups.made", {"file": str(file), "megabytes": size, **_counts(manifest)}))
    if manifest.gone:
        say(Message("backups.gone", {"count": len(manifest.gone)}))
    return 0


def _backed_up(settings: Settings, file: Path) -> Manifest:
    if file.exists():
        raise Refused(Message("backups.exists", {"file": str(file)}))
    if not restoring.is_there(settings.database) or not migrate.current(settings.database):
        raise Refused(Message("backups.nothing"))
    folder = Files(settings.data / "files")
    with closing(Database(settings.database)) as database, database.reading() as tx:
        return backups.write(tx, folder, file, Live(tx).revision, clock.now())


def restore(settings: Settings, file: Path, *, replace: bool = False) -> int:
    """Bring everything of a back-up into the database and the folder of files; 1 if it cannot be.

    The database must have no rows, unless they may be moved aside.
    """
    try:
        with starting.alone(settings), backups.opened(file, migrate.newest()) as backup:
            aside = _restored(settings, backup, replace=replace)
    except NotWhole as fault:
        return refuse(Message(f"backups.fault_{fault.fault}", {"part": fault.part}))
    except FileNotFoundError:
        return refuse(Message("backups.no_file", {"file": str(file)}))
    except starting.CannotStart as why:
        return refuse(str(why))
    except Refused as refused:
        return refuse(refused.message)
    say(
        Message("backups.restored", {"moment": backup.manifest.made_at, **_counts(backup.manifest)})
    )
    if aside:
        say(Message("backups.aside", {"name": aside}))
    return prove_log(settings.database)


def _restored(settings: Settings, backup: Backup, *, replace: bool) -> str:
    try:
        restoring.need_room(settings.database, replace=replace)
        backup.bring(Files(settings.data / "files"))  # first: no row may name what is not there
        return restoring.into(settings.database, backup, clock.now(), replace=replace).aside
    except NotEmpty:
        raise Refused(Message("backups.not_empty")) from None
    except InUse:
        raise Refused(Message("backups.in_use")) from None
    except NotThere:
        raise Refused(Message("backups.not_there")) from None
    except CannotHold as table:
        raise Refused(Message("backups.cannot_hold", {"name": str(table)})) from None


def prove_log(url: str) -> int:
    """Say whether the log of officers' deeds is as it was written; 1 if it is not."""
    with closing(Database(url)) as database, database.reading() as tx:
        faults = sum(1 for _ in audit.faults(tx))
        last, _ = audit.head(tx)
    if faults:
        return refuse(Message("backups.log_broken", {"count": faults}))
    say(Message("backups.log_whole", {"count": last}))
    return 0


def _counts(manifest: Manifest) -> dict[str, int]:
    return {"rows": manifest.rows, "files": len(manifest.files)}
