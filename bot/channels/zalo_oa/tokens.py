"""Access tokens that are always fresh: bought one at a time, kept on disk before they are used."""

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TextIO

import httpx
import structlog

from bot.channels.calling import Caller, Unclear, Unsent
from bot.channels.zalo_oa.line import Line
from bot.channels.zalo_oa.pair import Pair, PairFile, hashed

PART = 0.8  # of a token's life, after which it is renewed: 20 of its 25 hours
AGAIN = timedelta(minutes=1)  # between tries to renew
_MEND = "check OCOP_ZALO_OA_APP_ID and _APP_SECRET; or consent anew: OCOP_ZALO_OA_REFRESH_TOKEN"
_BROKEN = 500  # from here on an HTTP status says that the service is unwell
_LIFE = 90_000  # seconds, if the service does not say
_KNOCK = 0.05  # seconds between looks whether another process still renews
_log = structlog.get_logger()


class NoToken(Exception):
    """There is no access token now; when it is ``lost``, somebody must consent anew."""

    def __init__(self, why: str, *, wait: timedelta = AGAIN, lost: bool = False) -> None:
        super().__init__(why)
        self.wait = wait
        self.lost = lost

    def anew(self) -> "NoToken":
        """The same, to be raised once more."""
        return NoToken(str(self), wait=self.wait, lost=self.lost)


@dataclass(slots=True)
class Tokens:
    """Gives the access token of the day. Many may ask at once; one buys, the others wait."""

    line: Line
    caller: Caller
    clock: Callable[[], datetime]
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)
    _pair: Pair | None = None
    _tried_at: datetime | None = None
    _trouble: NoToken | None = None
    _renewing: "asyncio.Task[None] | None" = None

    async def access(self, spoilt: str = "") -> str:
        """A token other than the ``spoilt`` one; raises NoToken when there is none to be had."""
        if self._living(spoilt, PART) is None:
            async with self._one:
                if self._living(spoilt, PART) is None and not self._tried_just_now():
                    self._renewing = asyncio.create_task(self._renew(spoilt))
                    await asyncio.shield(self._renewing)  # what is half bought must be kept
        living = self._living(spoilt)
        if living is None:
            raise self._trouble.anew() if self._trouble else NoToken("no token")
        return living

    async def settle(self) -> None:
        """Wait until a purchase that is under way is kept; to be called at the very end."""
        if self._renewing is not None:
            await asyncio.gather(self._renewing, return_exceptions=True)

    def lost(self) -> bool:
        """Whether somebody must consent anew."""
        return self._trouble is not None and self._trouble.lost

    def _living(self, spoilt: str, part: float = 1.0) -> str | None:
        """Our token, unless that part of its life is over."""
        pair = self._pair
        if pair is None or pair.access in {"", spoilt}:
            return None
        end = pair.made_at + part * timedelta(seconds=pair.seconds)
        return pair.access if self.clock() < end else None

    def _tried_just_now(self) -> bool:
        """Whether the pause after a failure is not over."""
        if self._trouble is None or self._tried_at is None:
            return False
        return self.clock() - self._tried_at < self._trouble.wait

    async def _renew(self, spoilt: str) -> None:
        """Take what another process has bought, else buy."""
        async with _alone(self.line):
            file = PairFile(self.line.tokens)
            self._pair = pair = self._newest(file.whole())
            if self._living(spoilt, PART) is not None:
                return
            try:
                bought = await self._buy(pair)
            except NoToken as trouble:
                self._failed(trouble)
                return
            self._keep(file, bought)

    def _newest(self, kept: Sequence[Pair]) -> Pair:
        """The newest pair that there is; a refresh token that was set anew begins anew."""
        seed = hashed(self.line.refresh_token)
        known = [*kept, self._pair] if self._pair else kept
        begun = Pair("", self.line.refresh_token, self.clock(), 0, seed, 0)
        mine = [pair for pair in known if pair.seed == seed]
        return max(mine, key=lambda pair: pair.number, default=begun)

    def _keep(self, file: PairFile, bought: Pair) -> None:
        """Keep, then use; use also what cannot be kept, as the old pair is worth nothing now."""
        try:
            file.save(bought)
        except OSError as error:
            _log.error("zalo_oa_token_not_saved", error=type(error).__name__)
        self._pair, self._trouble, self._tried_at = bought, None, None

    def _failed(self, trouble: NoToken) -> None:
        """Say it once; the old token serves as long as it lives."""
        if self._trouble is None or str(self._trouble) != str(trouble):
            do = _MEND if trouble.lost else "nothing yet"
            _log.error("zalo_oa_token_not_renewed", why=str(trouble), do=do)
        self._trouble, self._tried_at = trouble, self.clock()

    async def _buy(self, old: Pair) -> Pair:
        """Spend the old pair for a new one."""
        answer = await self._asked(old.refresh)
        access, new = answer.get("access_token"), answer.get("refresh_token")
        if not (isinstance(access, str) and isinstance(new, str) and access and new):
            raise NoToken(f"refused with error {answer.get('error')!r:.20}", lost=True)
        life = str(answer.get("expires_in"))
        seconds = int(life) if life.isdecimal() else _LIFE
        return Pair(access, new, self.clock(), seconds, old.seed, old.number + 1)

    async def _asked(self, refresh: str) -> dict[str, Any]:
        """What the service says to the refresh token."""
        form = {"app_id": self.line.app, "grant_type": "refresh_token", "refresh_token": refresh}
        url = f"{self.line.login_base.rstrip('/')}/v4/oa/access_token"
        headers = {"secret_key": self.line.app_secret}
        request = httpx.Request("POST", url, data=form, headers=headers)
        try:
            reply = await self.caller.ask(request, self.line.patience)
        except Unsent as trouble:
            raise NoToken(str(trouble), wait=timedelta(0)) from None
        except Unclear as trouble:  # it may have been spent
            raise NoToken(str(trouble)) from None
        answer = reply.json()
        if not isinstance(answer, dict) or reply.status >= _BROKEN:
            raise NoToken(f"HTTP {reply.status} without an answer of the API")
        return answer


@asynccontextmanager
async def _alone(line: Line) -> AsyncIterator[None]:
    """Nobody else on this machine renews meanwhile; the system lets go when a process dies."""
    path = line.tokens.with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        while not _locked(file):  # noqa: ASYNC110 - another process rings no bell
            await asyncio.sleep(_KNOCK)
        yield


def _locked(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
