"""What a free sentence is after, without commands that have to be learnt."""

import pytest

from handlers import intents

SAID = {
    "idea": (
        "tôi muốn đăng ký sản phẩm", "toi muon dang ky san pham", "dk sp moi", "có ý tưởng mới",
        "muốn tham gia ocop", "register my product", "thêm sản phẩm nữa",
        "đăng ký sản phẩm để kinh doanh",
    ),
    "paper:business_registration": (
        "dang ky kinh doanh", "giấy đăng ký kinh doanh làm ở đâu", "giấy phép kinh doanh",
    ),
    "missing": ("còn thiếu gì", "con thieu gi khong em", "hồ sơ cần gì", "cần những giấy tờ gì"),
    "rounds": (
        "bao giờ hết hạn", "bao gio nop ho so", "hạn nộp ngày nào", "đợt tới là khi nào",
        "khi nào chấm, bao giờ chấm",
    ),
    "hand_in": ("nộp hồ sơ", "toi muon nop ho so"),
    "file": ("nộp xã", "nop ho so cho xa", "nộp hồ sơ cho xã", "gửi hồ sơ cho xã"),
    "plan": (
        "kế hoạch", "ke hoach", "lịch của tôi", "bao giờ làm gì", "bao gio lam gi em",
        "cho xem kế hoạch", "lịch", "toi phai lam gi truoc", "viec can lam", "cần làm gì",
        "what should I do first",
    ),
    "plan_stay": ("van nop dot nay", "tôi vẫn nộp đợt này"),
    "print:timeline": ("ảnh kế hoạch", "anh ke hoach"),
    "print:calendar": ("lịch cho điện thoại", "lich dien thoai"),
    "move_round": ("đổi đợt", "cho tôi chuyển đợt", "để đợt sau"),
    "certificates": ("giấy chứng nhận", "bao giờ hết hạn chứng nhận", "het han chung nhan"),
    "reassess": (
        "gia hạn giấy chứng nhận", "đánh giá lại", "ocop cua toi het han",
        "toi co giay chung nhan ocop nam 2024 sap het han", "giay chung nhan sap het han",
    ),
    "fairs": ("hội chợ", "sắp có hội chợ nào không", "cho trưng bày ở đâu", "trien lam"),
    "drafts": ("phiếu của tôi", "bản nháp", "hồ sơ của tôi đâu"),
    "go_on": ("tiếp tục", "làm tiếp nhé", "continue"),
    "profile": ("hồ sơ chủ thể", "sửa thông tin htx", "khai chủ thể"),
    "helpcode": ("nhờ người giúp", "nhờ con giúp khai", "mã giúp"),
    "officer": ("gặp cán bộ", "hỏi cán bộ xã", "nói chuyện với người thật"),
    "language": ("English", "đổi tiếng"),
    "help": ("hướng dẫn tôi với", "làm thế nào", "trợ giúp"),
    "writing": ("viết giúp giấy tờ", "viết giúp tôi cái giấy"),
    "write:story": ("viết câu chuyện", "muon viet cau chuyen san pham"),
    "write:environment_pledge": ("cam kết môi trường", "viet cam ket bao ve moi truong"),
    "write:self_declaration": ("viết bản tự công bố",),
    "write:labour_list": ("danh sách người làm", "danh sach lao dong"),
    "write:linkage_contract": ("làm hợp đồng liên kết",),
    "write:batch_log": ("sổ mẻ", "so lo", "sổ mẻ hàng", "sổ theo dõi mẻ hàng"),
    "check": ("kiểm tra hồ sơ giúp tôi", "soát lỗi"),
    "menu": ("menu", "danh mục"),
    "hello": ("chào em", "xin chào", "alo"),
    "thanks": ("cảm ơn em nhé",),
    "forget": ("rút đồng ý", "rút hết đồng ý", "thôi đồng ý"),
    "privacy": ("quyền riêng tư", "đồng ý của tôi"),
    "own_data": ("lấy dữ liệu của tôi", "em cho bác xem dữ liệu của tôi với"),
    "erase": ("xóa dữ liệu của tôi", "em ơi xoá thông tin của tôi giúp"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("item", "text"), [(i, text) for i, texts in SAID.items() for text in texts]
)
def test_people_are_understood_in_their_own_words(item: str, text: str) -> None:
    assert intents.find(text) == item


@pytest.mark.parametrize(
    "text", ["tôi lo sợ lắm", "", "asdf", "gạo nếp", "0912345678", "🙏", "a" * 5000]
)
def test_what_is_after_nothing_is_after_nothing(text: str) -> None:
    assert intents.find(text) is None


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("/start", "menu"),
        ("/DangKy", "idea"),
        ("/han@ocop_bot", "rounds"),
        ("/hoicho ngay mai", "fairs"),
        ("/nothing", None),
        ("start", None),
        ("", None),
    ],
)
def test_slash_commands_are_known(text: str, item: str | None) -> None:
    assert intents.slash(text) == item


@pytest.mark.parametrize(
    "text", ["chào em", "Xin chào", "chào", "em ơi", "alo em", "hello", "chao em a", "Chào cô nhé."]
)
def test_a_greeting_is_known(text: str) -> None:
    assert intents.greets(text)


@pytest.mark.parametrize(
    "text",
    ["chao", "chao đậu phụ", "anh", "em", "da", "", "chào em tôi muốn đăng ký", "co chu anh"],
)
def test_what_may_be_a_thing_or_a_name_is_no_greeting(text: str) -> None:
    assert not intents.greets(text)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Bao giờ hết hạn nộp hả em?", "rounds"),
        ("het han bao gio vay em", "rounds"),
        ("hội chợ", "fairs"),
        ("hội chợ gần nhất là khi nào", "fairs"),
        ("sắp có hội chợ nào không?", "fairs"),
        ("giống lúa có từ bao giờ không ai nhớ", None),
        ("bán ở hội chợ xuân hằng năm", None),
        ("tôi muốn đăng ký khi nào được?", None),
        ("bán chạy nhất dịp hội chợ, khách hỏi khi nào cũng có, " * 3, None),
    ],
)  # fmt: skip
def test_a_question_in_between_is_known_from_an_answer(text: str, item: str | None) -> None:
    assert intents.aside(text) == item


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("làm tiếp", "draft_go:3"),
        ("Rút phiếu.", "draft_end:3"),
        ("việc khác", "else"),
        ("làm phiếu mới", None),
        ("", None),
    ],
)
def test_the_items_of_a_list_may_be_named(text: str, expected: str | None) -> None:
    assert intents.listed(text, ("draft_go:3", "draft_end:3", "else")) == expected


def test_the_word_of_consent_is_known() -> None:
    assert intents.agrees("Đồng ý.")
    assert intents.agrees("I agree")
    assert not intents.agrees("đồng ý nhưng mà")
    assert not intents.agrees("rút đồng ý")
