"""Zalo's signature on what it posts: a plain SHA-256 over four things, in one of four ways.

The docs take the time from the body; live projects read it from a header, or begin with the
account's id instead of the application's. Whoever knows the secret is Zalo, whichever way it is.
"""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

HEADER = "X-ZEvent-Signature"
TIME = "X-ZEvent-Timestamp"


@dataclass(frozen=True, slots=True)
class Signer:
    """What the signature is made with; the account's secret is not the application's."""

    app: str
    oa: str
    secret: str = field(repr=False)

    def way(self, body: bytes, told: Mapping[str, Any], mac: str, time: str) -> str | None:
        """Which way the body was signed, such as ``app/body``; None when it was not by Zalo."""
        given = mac.strip().removeprefix("mac=").strip().lower().encode()
        matching = [
            name
            for name, expected in self._expected(body, told, time)
            if hmac.compare_digest(expected.encode(), given)
        ]
        return matching[0] if matching else None

    def _expected(
        self, body: bytes, told: Mapping[str, Any], time: str
    ) -> Iterator[tuple[str, str]]:
        times = {"body": str(told.get("timestamp") or ""), "header": time}
        for who, id_ in (("app", self.app), ("oa", self.oa)):
            for where, when in times.items():
                if when:
                    yield f"{who}/{where}", mac_of(id_, body, when, self.secret)


def mac_of(id_: str, body: bytes, time: str, secret: str) -> str:
    """The signature of a body."""
    return sha256(id_.encode() + body + time.encode() + secret.encode()).hexdigest()
