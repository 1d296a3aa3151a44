"""How our Official Account is reached: what is set by whoever runs it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bot.channels.zalo_oa.windows import Reminder

API_BASE = "https://openapi.zalo.me"
LOGIN_BASE = "https://oauth.zaloapp.com"
PATIENCE = 15.0  # seconds; a letter's claim lasts 30
Signature = Literal["record", "enforce"]


class CannotListen(Exception):
    """Something that is set, or is not, keeps us from hearing; the message names it."""


@dataclass(frozen=True, slots=True)
class Line:
    """``tokens`` is the file that the token pair lives in; ``refresh_token`` is only its first.

    ``signature`` begins as ``record``: with a wrong secret ``enforce`` would drop every event.
    """

    oa: str
    app: str
    app_secret: str = field(repr=False)
    oa_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    tokens: Path
    signature: Signature = "record"
    pays: bool = False  # for letters 48 hours to 7 days after the person's last act
    template: str = ""  # an approved one, for letters when no others may go
    template_field: str = "noi_dung"
    template_most: int = 200  # signs that its field takes
    base: str = API_BASE
    login_base: str = LOGIN_BASE
    patience: float = PATIENCE

    @property
    def reminder(self) -> Reminder | None:
        """The template that letters go in when no others may."""
        found = Reminder(self.template, self.template_field, self.template_most)
        return found if self.template else None

    def check(self) -> None:
        """Raise CannotListen when something is missing."""
        needed = {
            "OCOP_ZALO_OA_ID": self.oa,
            "OCOP_ZALO_OA_APP_ID": self.app,
            "OCOP_ZALO_OA_APP_SECRET": self.app_secret,
            "OCOP_ZALO_OA_SECRET": self.oa_secret,
            "OCOP_ZALO_OA_REFRESH_TOKEN": self.refresh_token,
        }
        for name, value in needed.items():
            if not value:
                raise CannotListen(f"{name}: needed for the Official Account")
