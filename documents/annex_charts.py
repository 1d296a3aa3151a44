"""The charts of an annex: Excel's own, of cells that follow those of its lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.charts import Chart
from documents.report_words import MONEY, words

INKS = ("#1d5b3a", "#c98a1b", "#7fa891")
_NAMES, _FIGURES = 40, 16  # signs
_FEWEST = 16  # rows that a chart is high
_DOTS_A_ROW, _ROWS_A_BAR, _WIDE = 20, 2, 620
_MILLIONS, _PLAIN = "#,##0.###,,", "#,##0"


@dataclass(frozen=True, slots=True)
class List:
    """Where a list stands: its sheet, the first row of it, and its columns by their letters."""

    sheet: str
    first: int
    letters: Mapping[str, str]

    def cell(self, column: str, at: int) -> str:
        """The formula for what stands in that column of that row, counted from 0."""
        return f"='{self.sheet}'!{self.letters[column]}{self.first + at}"


def draw(
    book: Any, sheet: Any, first: int, charts: Sequence[Chart], lists: Mapping[str, List]
) -> None:
    """Draw the charts beneath each other from that row on, each beside the figures it shows."""
    looks = {
        "title": book.add_format({"bold": True, "font_color": INKS[0]}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
        "name": book.add_format({"text_wrap": True, "valign": "top"}),
        "figure": book.add_format({"num_format": _PLAIN, "valign": "top"}),
    }
    sheet.set_column(0, 0, _NAMES)
    sheet.set_column(1, 3, _FIGURES)
    for chart in charts:
        _figures(sheet, first, chart, lists[chart.table], looks)
        sheet.insert_chart(first, len(chart.columns) + 2, _drawn(book, sheet, first, chart))
        first += _rows(chart) + 4


def _figures(sheet: Any, first: int, chart: Chart, found: List, looks: Mapping[str, Any]) -> None:
    said = words()["charts"][chart.name]
    sheet.write_string(first, 0, said["title"], looks["title"])
    for across, head in enumerate(said["series"], 1):
        sheet.write_string(first + 1, across, head, looks["head"])
    for down, bar in enumerate(chart.bars, first + 2):
        name = found.cell(chart.named, bar.at)
        sheet.write_formula(down, 0, name, looks["name"], bar.name)
        for across, (column, value) in enumerate(zip(chart.columns, bar.values, strict=True), 1):
            if value is not None:
                figure = found.cell(column, bar.at)
                sheet.write_formula(down, across, figure, looks["figure"], value)


def _drawn(book: Any, sheet: Any, first: int, chart: Chart) -> Any:
    said, last = words()["charts"][chart.name], first + 1 + len(chart.bars)
    upright = chart.name == "by_year"
    drawn = book.add_chart({"type": "column" if upright else "bar"})
    figures = _MILLIONS if MONEY & set(chart.columns) else _PLAIN
    for across, head in enumerate(said["series"], 1):
        drawn.add_series(
            {
                "name": head,
                "categories": [sheet.name, first + 2, 0, last, 0],
                "values": [sheet.name, first + 2, across, last, across],
                "fill": {"color": INKS[across - 1]},
                "data_labels": {"value": True, "num_format": figures},
            }
        )
    unit = f" ({said['unit']})" if said["unit"] else ""
    drawn.set_title({"name": said["title"] + unit, "name_font": {"size": 12}})
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": _WIDE, "height": _rows(chart) * _DOTS_A_ROW})
    drawn.set_x_axis(
        {} if upright else {"num_format": figures, "major_gridlines": {"visible": False}}
    )
    each = {"reverse": True, "interval_unit": 1}
    drawn.set_y_axis({"num_format": figures} if upright else each)
    return drawn


def _rows(chart: Chart) -> int:
    """How many rows the chart is high: each bar needs room for its name."""
    return max(len(chart.bars) * _ROWS_A_BAR, _FEWEST)
