from storage import questions
from storage.database import Database
from tests.storage.people import LATER, NOW, met


def test_a_question_gets_a_number_and_its_answer_goes_to_who_asked(database: Database) -> None:
    with database.transaction() as tx:
        an, binh, officer = (met(tx, number) for number in (1, 2, 3))
        first = questions.ask(tx, an, "mã vạch làm ở đâu?", "", NOW)
        second = questions.ask(tx, binh, "bao giờ hết hạn?", "Lý Văn Nam", NOW)

        assert questions.answer(tx, second, officer, "30/4 ạ", LATER) == binh
        assert questions.answer(tx, 99, officer, "?", LATER) is None
        asked = questions.everyone(tx)

    assert (first, second) == (1, 2)
    assert [(q["text"], q["hand"], q["answer"], q["answered_at"]) for q in asked] == [
        ("mã vạch làm ở đâu?", "", None, None),
        ("bao giờ hết hạn?", "Lý Văn Nam", "30/4 ạ", LATER),
    ]
    assert asked[1]["answered_by"] == officer
