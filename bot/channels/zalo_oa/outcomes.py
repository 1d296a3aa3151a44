"""What each error of the Official Account's API means for the letter that met it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.channels.contract import Refused, TryLater, Unreachable
from bot.channels.zalo_oa.client import TOKEN_SPOILT, Failed
from bot.channels.zalo_oa.windows import WindowClosed

A_BREATH = timedelta(seconds=10)  # a minute's calls are counted, and most of it is over
AN_HOUR = timedelta(hours=1)
MORNING = time(6, 0)  # in Viet Nam; what is sold by night is not sent
_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")

WINDOW = {-230, -232}
NIGHT = {-133, -234}
QUOTA = {-211, -218, -144, -147}  # of the day, of a person
# The office has something to do: rights of the application, the account's package, money.
OFFICE = {-209, -212, -221, -224, -235, -115, -119, -135, -136, -137}
GONE = {-213, -217, -227, -244, -108, -114}
PARAMETER = -201
REFUSED = {-100, PARAMETER, -210, -233, -240, -248, -131, -146}
RATE = {-32}


def of(failed: Failed, now: datetime) -> Exception:
    """The outcome for the letter; what we have not heard of is worth another try."""
    said, code = str(failed), failed.code
    if code in WINDOW:
        return WindowClosed("closed")
    if code in GONE or (code == PARAMETER and "user_id" in failed.said):
        return Unreachable(said)
    if code in REFUSED:
        return Refused(said)
    return TryLater(said, _wait(code, now))


def needs_office(failed: Failed) -> bool:
    """Whether nothing will be sent until somebody of the office does something."""
    return failed.code in OFFICE


def _wait(code: int, now: datetime) -> timedelta | None:
    if code in NIGHT:
        return until_morning(now)
    if code in RATE:
        return A_BREATH
    if code in QUOTA | OFFICE | TOKEN_SPOILT:
        return AN_HOUR
    return None


def until_morning(now: datetime) -> timedelta:
    """How long it is until letters of that kind go again."""
    here = now.astimezone(_VIET_NAM)
    morning = datetime.combine(here.date(), MORNING, _VIET_NAM)
    return (morning if morning > here else morning + timedelta(days=1)) - here
