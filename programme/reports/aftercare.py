"""What came after certification: visits, certificates revoked, and the sums of the years."""

from programme.reports.report import Gathering
from programme.reports.rows import Rows


def tell(into: Gathering, rows: Rows) -> None:
    """Visits with their samples; what was revoked; the sums of the years, and what was made."""
    into.table(
        "inspections",
        "number producer on products samples failed",
        [
            (it.number, it.producer, it.on, it.products, it.samples, it.failed)
            for it in rows.inspected
        ],
    )
    into.count("inspections", "inspections")
    into.distinct("inspections.sites", "inspections", "producer")
    for column in ("products", "samples", "failed"):
        into.sum(f"inspections.{column}", "inspections", column)
    into.table(
        "revoked",
        "name producer star cause on decision",
        [(it.name, it.producer, it.star, it.cause, it.on, it.decision) for it in rows.revoked],
    )
    into.count("revoked", "revoked")
    for cause in sorted({it.cause for it in rows.revoked}):
        into.count(f"revoked.{cause}", "revoked", cause=cause)
    into.table(
        "yearly",
        "year asked answered dong workers local_workers",
        [
            (it.year, it.asked, it.answered, it.sales, it.workers, it.local_workers)
            for it in rows.yearly
        ],
    )
    for key, column in (("sales", "dong"), ("workers", "workers"), ("answered", "answered")):
        into.sum(f"yearly.{key}", "yearly", column)
    into.table(
        "made",
        "year unit made products",
        [(it.year, it.unit, it.made, it.producers) for it in rows.made],
    )
