"""What an office reports: figures, and the lists behind each of them, from plain rows."""

from programme.reports.headlines import headline
from programme.reports.making import KINDS, Wanted, make
from programme.reports.report import Doubt, Figure, Report, Share, Table
from programme.reports.rows import Rows

__all__ = [
    "KINDS",
    "Doubt",
    "Figure",
    "Report",
    "Rows",
    "Share",
    "Table",
    "Wanted",
    "headline",
    "make",
]
