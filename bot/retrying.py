"""When to try again what went wrong."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def retry(waits: Sequence[int], attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None when it is time to give up.

    ``waits`` are the seconds before the second try, the third and so on.
    """
    return None if attempts > len(waits) else now + timedelta(seconds=waits[attempts - 1])
