"""The desk's door: the cookie of who sits there, the token of each form, its pages' headers."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

from starlette.responses import Response

from bot.web.security import POLICY

COOKIE, SAID = "ocop_desk", "ocop_said"
HOME, ENTER = "/desk", "/desk/enter"
FIELD = "token"  # of the form
TRIES = 30  # to come in from one address, a minute
_MOST_SAID = 2700  # bytes of what one page tells the next: as text that fits into a cookie
_BETWEEN = "\x1f"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY.replace("form-action 'none'", "form-action 'self'"),
    "Referrer-Policy": "no-referrer",
}


def form_token(session: str) -> str:
    """What every form of that session brings back, and no other page knows."""
    return hashlib.sha256(f"form {session}".encode()).hexdigest()


def is_own(session: str, form: Mapping[str, str]) -> bool:
    """Whether the form is one of that session's own."""
    return hmac.compare_digest(form.get(FIELD, "").encode(), form_token(session).encode())


def let_in(answer: Response, session: str, *, secure: bool) -> None:
    """Let whoever gets this answer sit there under that token."""
    answer.set_cookie(COOKIE, session, path=HOME, httponly=True, samesite="strict", secure=secure)


def let_out(answer: Response) -> None:
    """Forget who sat there."""
    answer.delete_cookie(COOKIE, path=HOME, httponly=True, samesite="strict")


def tell(answer: Response, said: tuple[str, ...], *, secure: bool) -> None:
    """Let the next page say this, once."""
    told = urlsafe_b64encode(_BETWEEN.join(said).encode()[:_MOST_SAID]).decode()
    about = {"path": HOME, "httponly": True, "secure": secure, "max_age": 60}
    answer.set_cookie(SAID, told, samesite="strict", **about)  # type: ignore[arg-type]


def told(cookies: Mapping[str, str]) -> list[str]:
    """What the page before wanted to be said on this one."""
    try:
        text = urlsafe_b64decode(cookies.get(SAID, "")).decode(errors="ignore")
    except ValueError:
        return []
    return [line for line in text.split(_BETWEEN) if line]


def heard(answer: Response) -> None:
    """It was said."""
    answer.delete_cookie(SAID, path=HOME, httponly=True, samesite="strict")
