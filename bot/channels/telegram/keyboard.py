"""Choices as rows of buttons, numbered like the lines of channels that have no buttons."""

from collections.abc import Sequence

Button = tuple[str, str]  # what it brings back, and its label
MOST_DATA = 64  # bytes that a button brings back, by the Bot API
MOST_BUTTONS = 100
SHORT = 16  # signs; two such labels fit beside each other on a small phone


def fits(choices: Sequence[Button]) -> bool:
    """Whether Telegram can show these as buttons."""
    return 0 < len(choices) <= MOST_BUTTONS and all(
        0 < len(data.encode("utf-8", "replace")) <= MOST_DATA for data, _ in choices
    )


def rows(choices: Sequence[Button]) -> list[list[Button]]:
    """The buttons in their order: a long one has its row, two short ones share one."""
    laid: list[list[Button]] = []
    for number, (data, label) in enumerate(choices, 1):
        button = (data, f"{number} · {label}")
        if laid and len(laid[-1]) == 1 and _short(laid[-1][0]) and _short(button):
            laid[-1].append(button)
        else:
            laid.append([button])
    return laid


def _short(button: Button) -> bool:
    return len(button[1]) <= SHORT
