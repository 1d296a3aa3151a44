import re
from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings, WrongSetting

ROOT = Path(__file__).parents[2]


def test_the_example_names_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")

    named = {name.lower() for name in re.findall(r"^#? ?OCOP_([A-Z_]+)=", text, re.MULTILINE)}

    assert named == set(Settings.model_fields)


def test_nothing_set_gives_the_embedded_default() -> None:
    found = settings.read({})

    assert found.database.startswith("sqlite:///")
    assert (found.host, found.port) == ("127.0.0.1", 8080)


@pytest.mark.parametrize(
    ("name", "value"),
    [("OCOP_PORT", "achtzig"), ("OCOP_DATABASE_URL", "mysql://x"), ("OCOP_LOG_LEVEL", "loud")],
)
def test_a_wrong_setting_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{name}: ") as wrong:
        settings.read({name: value})

    assert "\n" not in str(wrong.value)


def test_an_unknown_setting_is_named_too() -> None:
    """A slip in a variable's name would otherwise be a setting that silently does nothing."""
    with pytest.raises(WrongSetting, match="OCOP_PROT"):
        settings.read({"OCOP_PROT": "8080"})


def test_what_the_command_line_says_comes_before_the_environment() -> None:
    assert settings.read({"OCOP_PORT": "9000"}, port=9100).port == 9100
