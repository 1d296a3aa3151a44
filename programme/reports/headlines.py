"""The few figures by which a report is told in a letter."""

from programme.reports.report import Report

_RESULTS = {
    "evaluated": "results.products",
    "recognised": "results.tinh.recognised",
    "failed": "failed",
    "fairs": "fairs",
    "budgets": "money.budgets",
    "money": "money.planned",
}
_TOLD = {
    **dict.fromkeys(("year", "term", "annex"), _RESULTS),
    "plan": {
        "products": "plan.products",
        "communes": "plan.communes",
        "units": "helpers.units",
        "budgets": "money.budgets",
        "money": "money.planned",
    },
    "conclusions": {"tasks": "tasks", "units": "tasks.units", "targets": "targets.clauses"},
}


def headline(report: Report) -> dict[str, int]:
    """The figures by their names; ``money`` is in đồng."""
    numbers = report.numbers()
    return {name: numbers[key] for name, key in _TOLD[report.kind].items()}
