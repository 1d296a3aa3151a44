from storage import consents
from storage.database import Database
from tests.storage.people import LATER, NOW, met


def test_consent_holds_for_what_was_agreed_to_last_until_it_is_withdrawn(
    database: Database,
) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        assert consents.of(tx, an) == {}

        consents.give(tx, an, ("dossier", "news"), 1, NOW)
        consents.give(tx, binh, ("dossier",), 1, NOW)
        assert consents.of(tx, an) == {"dossier": 1, "news": 1}

        consents.give(tx, an, ("dossier", "reminders"), 2, LATER)
        assert consents.of(tx, an) == {"dossier": 2, "reminders": 2}

        consents.withdraw(tx, an, LATER)
        assert consents.of(tx, an) == {}
        assert consents.of(tx, binh) == {"dossier": 1}
