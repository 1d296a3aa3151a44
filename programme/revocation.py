"""Thu hồi giấy chứng nhận: for what a certificate is revoked, by whom, and till when (Điều 8)."""

from datetime import date, timedelta

from programme import ruleset
from programme.ruleset import RuleSet


def causes(rules: RuleSet | None = None) -> tuple[str, ...]:
    """The names of the causes, in the order of the law."""
    return tuple(each["id"] for each in ruleset.part("revocation", rules)["causes"])


def clause(cause: str, rules: RuleSet | None = None) -> str:
    """Where the law has the cause."""
    every = ruleset.part("revocation", rules)["causes"]
    return str(next(each["clause"] for each in every if each["id"] == cause))


def decided_by(star: int, rules: RuleSet | None = None) -> str:
    """Who revokes a certificate of so many stars: "province" or "ministry"."""
    return str(ruleset.part("revocation", rules)["decides"][star])


def due(concluded: date, rules: RuleSet | None = None) -> date:
    """The last day for the decision, from the conclusion or the commune's word on."""
    days = ruleset.part("deadlines", rules)["durations"]["revocation"]["days"]
    return concluded + timedelta(days=days)
