"""What is claimed for each criterion, by whom and by whose hand."""

from sqlalchemy import text

from storage import claims
from storage.database import Database
from tests.storage.people import LATER, NOW, met
from tests.storage.test_dossiers import opened


def test_the_newest_word_on_a_criterion_counts(database: Database) -> None:
    with database.transaction() as tx:
        made, an = opened(tx), met(tx)
        claims.claim(tx, made, {"1.1": "a", "1.2": "c"}, (an, ""), NOW)
        claims.claim(tx, made, {"1.2": "b", "1.3": "d"}, (an, "Lý Văn Nam"), LATER)

        assert claims.of(tx, made) == {"1.1": "a", "1.2": "b", "1.3": "d"}
        hands = tx.execute(text("SELECT criterion, hand FROM claims ORDER BY criterion")).all()
        assert [tuple(row) for row in hands] == [
            ("1.1", ""),
            ("1.2", "Lý Văn Nam"),
            ("1.3", "Lý Văn Nam"),
        ]


def test_claiming_the_same_twice_is_claiming_it_once(database: Database) -> None:
    with database.transaction() as tx:
        made, an = opened(tx), met(tx)

        for _ in range(2):
            claims.claim(tx, made, {"1.1": "a"}, (an, ""), NOW)

        assert claims.of(tx, made) == {"1.1": "a"}


def test_each_dossier_has_its_own_claims(database: Database) -> None:
    with database.transaction() as tx:
        first, second, an = opened(tx), opened(tx, "HTX Bản Phố"), met(tx)
        claims.claim(tx, first, {"1.1": "a"}, (an, ""), NOW)

        assert claims.of(tx, second) == {}


def test_claiming_nothing_takes_nothing_away(database: Database) -> None:
    with database.transaction() as tx:
        made, an = opened(tx), met(tx)
        claims.claim(tx, made, {"1.1": "a"}, (an, ""), NOW)

        claims.claim(tx, made, {}, (an, ""), LATER)

        assert claims.of(tx, made) == {"1.1": "a"}


def test_what_was_passed_over_is_no_claim_until_it_is_claimed(database: Database) -> None:
    with database.transaction() as tx:
        made, an = opened(tx), met(tx)
        claims.claim(tx, made, {"1.1": "a", "1.2": "", "1.3": ""}, (an, ""), NOW)
        claims.claim(tx, made, {"1.3": "b"}, (an, ""), LATER)

        assert claims.of(tx, made) == {"1.1": "a", "1.3": "b"}
        assert claims.passed_over(tx, made) == {"1.2"}
