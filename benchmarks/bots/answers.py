"""The least reading of answers that a form can do: numbers, and texts that are not empty."""

import re
from typing import Any

_NUMBER = re.compile(r"\d+")
_NUMBERS = frozenset({"shares", "labour", "papers", "season", "star"})


def parse(question: str, text: str, answers: dict[str, Any]) -> None:
    """Put what the text says into the answers."""
    if question in _NUMBERS:
        answers[question] = [int(number) for number in _NUMBER.findall(text)]
    elif question == "special":
        if text != "xong":
            answers[question] = f"{answers.get(question, '')}\n{text}".strip()
    elif text.strip():
        answers[question] = text.removeprefix("pick:").strip()
