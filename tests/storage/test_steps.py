from storage import steps
from storage.database import Database
from storage.steps import Logged
from tests.storage.people import LATER, NOW, met


def test_a_run_is_read_back_in_the_order_in_which_it_was_logged(database: Database) -> None:
    with database.transaction() as tx:
        an, binh = met(tx, 1), met(tx, 2)
        first = [Logged(an, 1, "answer", f"q{n}", f'"{n}"', LATER, "") for n in range(150)]
        last = Logged(an, 1, "sent", "", "null", NOW, "Lý Văn Nam")
        steps.append(tx, [*first, Logged(binh, 1, "start", "", "null", NOW, "")])
        steps.append(tx, [Logged(an, 2, "start", "", "null", NOW, ""), last])
        steps.append(tx, [])

        assert steps.of_run(tx, an, 1) == [*first, last]
        assert steps.of_run(tx, an, 3) == []
        assert steps.runs(tx) == [(an, 1), (an, 2), (binh, 1)]
        assert steps.values(tx, "sent") == ["null"]
        assert steps.values(tx, "answer") == [f'"{n}"' for n in range(150)]
