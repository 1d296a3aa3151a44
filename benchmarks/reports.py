"""Shows how long a report takes (``python -m benchmarks.reports [DOSSIERS] [URL]``).

The country of benchmarks.digest. Each kind of report, for an officer of everywhere, of a province
and of a commune: its rows are read and its figures worked out, as the chat and ``./run bot report
--json`` do. Without a URL it is a new SQLite file.
"""

import sys
from functools import partial

from benchmarks.digest import BAN_LIEN, LAO_CAI, NOW, grow, opened, tell
from programme.reports import KINDS, Report, Wanted, make
from storage import officers, report_rows
from storage.database import Database
from storage.report_rows import Reach

AREAS = {"everywhere": "", "a province": LAO_CAI, "a commune": BAN_LIEN}


def made(database: Database, kind: str, area: str) -> Report:
    """A report of that kind of this year."""
    reach = Reach(officers.over(area), NOW.year, NOW.year, NOW.date(), plan=kind == "plan")
    with database.reading() as tx:
        rows = report_rows.rows(tx, reach)
    return make(Wanted(kind, "", NOW.year, NOW.year), rows)


def main() -> None:
    """Measure each kind in each area and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else 50_000
    with opened(sys.argv[2] if sys.argv[2:] else None) as database:
        grow(database, count)
        for name, area in AREAS.items():
            for kind in KINDS:
                tell(f"{name}, {kind}", partial(made, database, kind, area))


if __name__ == "__main__":
    main()
