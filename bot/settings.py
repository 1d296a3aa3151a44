"""Settings: from the environment into one frozen object, read once and passed down."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PREFIX = "OCOP_"
ROOT = Path(__file__).parent.parent


class WrongSetting(Exception):
    """A setting has a value that cannot be; the message names the variable."""


class Settings(BaseModel):
    """All that an office can set. A field is the variable ``OCOP_<NAME>``, see ``.env.example``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = ROOT / "data"
    database_url: Annotated[str, Field(pattern=r"^(sqlite:///|postgresql(\+psycopg)?://)")] = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    log_level: Annotated[str, Field(pattern="^(debug|info|warning|error)$")] = "info"

    @property
    def database(self) -> str:
        """The database to use: the one that was set, else a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data / 'ocop.db'}"


def read(environment: Mapping[str, str], **overrides: object) -> Settings:
    """The settings that these variables make; WrongSetting names the first that cannot be."""
    given: dict[str, object] = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    given |= {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate(given)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise WrongSetting(f"{name}: {first['msg']}") from None
