"""Settings: from the environment into one frozen object, read once and passed down."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, DirectoryPath, Field, ValidationError

from programme.limits import Limits

PREFIX = "OCOP_"
USUAL = Limits()
ROOT = Path(__file__).parent.parent


Secret = Annotated[str, Field(repr=False)]
Mode = Literal["polling", "webhook"]
Most = Annotated[int, Field(ge=1)]


class WrongSetting(Exception):
    """A setting has a value that cannot be; the message names the variable."""


class Settings(BaseModel):
    """All that an office can set. A field is the variable ``OCOP_<NAME>``, see ``.env.example``.

    A channel is on when its token is set (of the Official Account: its id).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = ROOT / "data"
    database_url: Annotated[str, Field(pattern=r"^(sqlite:///|postgresql(\+psycopg)?://)")] = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    log_level: Annotated[str, Field(pattern="^(debug|info|warning|error)$")] = "info"
    public_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    overlay: DirectoryPath | None = None

    messages_a_minute: Most = USUAL.messages_a_minute
    messages_a_day: Most = USUAL.messages_a_day
    files_an_hour: Most = USUAL.files_an_hour
    files_a_day: Most = USUAL.files_a_day
    megabytes_a_day: Most = USUAL.megabytes_a_day
    bot_messages_a_minute: Most = USUAL.bot_messages_a_minute
    bot_newcomers_a_minute: Most = USUAL.bot_newcomers_a_minute
    web_requests_a_minute: Most = 1200
    web_megabytes_a_minute: Most = 200

    telegram_token: Secret = ""
    telegram_name: Annotated[str, Field(pattern=r"^@?\w*$")] = ""
    telegram_api_base: str = "https://api.telegram.org"
    telegram_mode: Mode = "polling"
    telegram_secret: Secret = ""
    telegram_proxy: Secret = ""  # it may hold a password

    zalo_bot_token: Secret = ""
    zalo_bot_api_base: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_mode: Mode = "polling"
    zalo_bot_secret: Secret = ""
    zalo_bot_file_hosts: str = "*.zdn.vn"
    zalo_bot_users: Annotated[int, Field(ge=1)] = 50
    zalo_bot_messages: Annotated[int, Field(ge=1)] = 3000

    zalo_oa_id: str = ""
    zalo_oa_app_id: str = ""
    zalo_oa_app_secret: Secret = ""
    zalo_oa_secret: Secret = ""
    zalo_oa_refresh_token: Secret = ""
    zalo_oa_signature: Literal["record", "enforce"] = "record"
    zalo_oa_pays: bool = False
    zalo_oa_template: str = ""
    zalo_oa_template_field: str = "noi_dung"
    zalo_oa_template_most: Annotated[int, Field(ge=1, le=400)] = 200
    zalo_oa_templates_a_month: Annotated[int, Field(ge=0)] = 0

    @property
    def database(self) -> str:
        """The database to use: the one that was set, else a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data / 'ocop.db'}"

    @property
    def is_demo(self) -> bool:
        """Whether no service's channel is on, so that people may turn the clock."""
        return not (self.telegram_token or self.zalo_bot_token or self.zalo_oa_id)

    @property
    def limits(self) -> Limits:
        """How much may be sent to our bots."""
        names = {field.name for field in fields(Limits)}
        return Limits(**self.model_dump(include=names))

    @property
    def start_link(self) -> str:
        """What opens our bot on Telegram and tells it what stands behind; empty without its name.

        See https://core.telegram.org/bots/features#deep-linking.
        """
        name = self.telegram_name.removeprefix("@")
        return f"https://t.me/{name}?start=" if self.telegram_token and name else ""

    @property
    def desk_url(self) -> str:
        """Where our pages are, as who opens one reaches them; without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def overlays(self) -> tuple[Path, ...]:
        """The folder that the province lays over the rules, if there is one."""
        return (self.overlay,) if self.overlay else ()

    @property
    def zalo_bot_tokens(self) -> tuple[str, ...]:
        """One token a bot, as they are set with a comma between them."""
        return _listed(self.zalo_bot_token)

    @property
    def file_hosts(self) -> tuple[str, ...]:
        """Where the pictures of people on Zalo may be fetched from."""
        return _listed(self.zalo_bot_file_hosts)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.replace(",", " ").split() if part)


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
