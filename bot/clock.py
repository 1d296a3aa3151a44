"""What time it is: the only place where the real clock is read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def month(at: datetime) -> str:
    """The month in Viet Nam that something counts for: 2026-11."""
    return f"{at.astimezone(_VIET_NAM):%Y-%m}"
