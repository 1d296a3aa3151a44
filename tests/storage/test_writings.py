"""What a producer told for the papers that are written together."""

from sqlalchemy import text

from storage import writings
from storage.database import Database
from tests.storage.people import LATER, NOW, met
from tests.storage.test_dossiers import opened

STORY = {"name": "Gạo Khẩu Mẹo", "history": "giống nếp cũ của bản", "photos": ["a" * 64]}
LIST = {"people": [{"name": "Vàng Thị Mẩy", "born": "1968"}]}


def test_each_kind_is_read_back_as_it_was_told(database: Database) -> None:
    with database.transaction() as tx:
        made, an = opened(tx), met(tx)
        writings.write(tx, made, "story", STORY, (an, "Lý Văn Nam"), NOW)
        writings.write(tx, made, "labour_list", LIST, (an, ""), NOW)

        assert writings.of(tx, made) == {"story": STORY, "labour_list": LIST}
        kept = tx.execute(text("SELECT answers FROM writings WHERE kind = 'story'")).scalar_one()
        assert "giống nếp cũ" in kept


def test_telling_it_again_takes_the_place_of_what_was_told(database: Database) -> None:
    with database.transaction() as tx:
        made, an = opened(tx), met(tx)
        writings.write(tx, made, "story", STORY, (an, ""), NOW)

        writings.write(tx, made, "story", {"name": "Gạo mới"}, (an, ""), LATER)

        assert writings.of(tx, made) == {"story": {"name": "Gạo mới"}}


def test_each_product_has_its_own(database: Database) -> None:
    with database.transaction() as tx:
        first, second, an = opened(tx), opened(tx, "HTX Bản Phố"), met(tx)
        writings.write(tx, first, "story", STORY, (an, ""), NOW)

        assert writings.of(tx, second) == {}
