"""Answers to every question of every form: one to fill it with, and another to change it to."""

from typing import Any

from conversations.events import Content, Photo
from conversations.form import Form
from conversations.forms import catalogue
from tests.conversations.talking import Chat
from tests.every_form import SCORED, SHEETS, paper

PRODUCER = {
    "value": 7,
    "label": "HTX Bản Liền",
    "commune": {"code": "02869", "name": "xã Bản Liền", "province": "tỉnh Lào Cai", "via": None},
}
OTHER_PRODUCER = {**PRODUCER, "value": 8, "label": "Hộ Vàng Thị Mai"}
FACTS: dict[str, dict[str, Any]] = {
    "idea": {"producers": [PRODUCER, OTHER_PRODUCER], "commune": PRODUCER["commune"]},
    "move_date": {
        "rounds": [
            {"key": "tinh-1-2027", "number": 1, "year": 2027},
            {"key": "tinh-2-2027", "number": 2, "year": 2027},
        ],
        "steps": ["ideas", "plans", "training", "file", "propose", "council", "decide"],
        "stands": {"tinh-1-2027": {"file": "2027-04-07", "propose": "2027-04-29"}},
        "law": {"tinh-1-2027": {"propose": "2027-04-29"}},
        "concerned": {"tinh-1-2027": [3, 4]},
        "changed": {"2027-05-08": False},
    },
    "extra_round": {"soonest": "2026-12-14"},
    "give_back": {"kind": "paper", "subject": 1, "seen": 0, "ready": ["blurred", "pages"]},
    "ask_back": {"subject": 1, "seen": 0, "behind": ""},
    "answer_back": {"idea": 1},
    "judgement": {"dossier": 1, "seen": 0, "behind": ""},
    "lacks": {
        "dossier": 1,
        "seen": 1,
        "behind": "",
        "rules": "26-2026",
        "overlays": [],
        "open": ["declaration", "test_report", "story_text"],
    },
    "invite": {"roles": ["commune", "adviser"], "within": ""},
    "council": {"province": "15", "name": "tỉnh Lào Cai"},
    "sitting": {"council": 1},
    "opinions": {"council": 1},
    "task": {},
    "inspection": {
        "inspection": 1,
        "number": 1,
        "products": [
            {"id": 1, "name": "Gạo", "star": 3},
            {"id": 2, "name": "Miến", "star": 4},
        ],
        "ready": ["site_clean", "site_records"],
    },
    "inspected": {"inspection": 1, "number": 1},
    "mended": {"inspection": 1},
    "revocation": {"certificate": 1, "name": "Gạo", "star": 3},
    "revoking": {"revocation": 1, "name": "Gạo", "star": 3},
    "support": {"funds": ["Ngân sách tỉnh", "Vốn nông thôn mới"]},
    "yearly_figures": {"producer": 7, "year": 2026},
    "results": {"sitting": 1, "certified": 8, "up": 1, "out": 1},
    "ministry": {"dossier": 1, "name": "Gạo Khẩu Mẹo"},
    "answering": {
        "question": 1,
        "keys": ["stars", "paper:test_report"],
        "rules": "26-2026",
        "coming": {"number": 1, "year": 2027, "by": "2027-04-07", "finish": "2027-06-30"},
    },
    "paper": {
        key: fact
        for key, fact in paper("food_safety_certificate", "labour_list", "declaration").items()
        if key != "whose"
    },
}
# By form and question: how it is typed, message by message; then how it is typed otherwise.
Acts = tuple[str | Content, ...]
TYPED: dict[str, dict[str, tuple[Acts, Acts]]] = {
    "consent": {
        "dossier": (("đồng ý",), ("không đồng ý",)),
        "messages": (("cả hai",), ("không nhận",)),
    },
    "profile": {
        "whose": (("khai hộ",), ("của tôi",)),
        "allowed": (("đúng",), ("không",)),
        "name": (("htx ban lien",), ("HTX Bản Phố",)),
        "kind": (("htx",), ("tổ hợp tác",)),
        "commune": (("ban lien, lao cai", "đúng"), ("ta chai, bac ha", "đúng")),
        "representative": (("vang thi mai",), ("Lý A Tủa",)),
        "gender": (("nu",), ("nam",)),
        "ethnicity": (("tay",), ("Mông",)),
        "address": (("thon doi 1",), ("thôn Phéc Bủng",)),
        "phone": (("0912 345 678",), ("0987 654 321",)),
        "email": (("a.b@gmail.com",), ("htx@gmail.com",)),
        "registration": (("5300712345",), ("5300799999",)),
        "registered_on": (("12/3/2018",), ("2019",)),
    },
    "idea": {
        "producer": (("1",), ("2",)),
        "name": (("gao khau meo ban lien",), ("Rượu ngô Bản Phố",)),
        "set": (("gạo", "1"), ("rượu ngô", "1")),
        "stage": (("đã có",), ("sản phẩm mới",)),
        "materials.0.name": (("thóc nếp",), ("ngô",)),
        "materials.0.shares": (("xã 70%, tỉnh 100%",), ("xã 20%, tỉnh 100%",)),
        "labour": (("12 người, 10 trong xã",), ("5 người, 5 trong xã",)),
        "packaging": (("túi 1 kg",), ("chai 500 ml",)),
        "special": (("giống cũ của bản", "xong"), ("nấu chảo gang", "xong")),
        "papers": (("1, 3",), ("2",)),
        "season": (("tháng 9 đến tháng 11",), ("quanh năm",)),
        "star": (("3",), ("4",)),
        "round": (("1",), ("2",)),
        "commune": ((), ("ta chai, bac ha", "đúng")),
    },
    "contact": {"question": (("rượu có phải khai riêng không", "xong"), ("còn giấy gì", "xong"))},
    "answering": {
        "which": (("1",), ("2",)),
        "enough": (("rõ rồi",), ("chưa rõ",)),
    },
    "announcement": {
        "kind": (("hội chợ",), ("lớp tập huấn",)),
        "name": (("Hội chợ Xuân Lào Cai",), ("Tuần hàng Tây Bắc",)),
        "days": (("24/12 đến 28/12",), ("25/12 đến 27/12",)),
        "place": (("Kim Thành, Lào Cai",), ("Sa Pa",)),
        "register_by": (("10/12", "đúng"), ("11/12", "đúng")),
        "aim": (("tất cả",), ("xã Bản Liền", "đúng")),
    },
    "sending_day": {"day": (("3/12", "đúng"), ("4/12", "đúng"))},
    "fair_joining": {
        "goods": (("gạo Khẩu Mẹo",), ("cốm",)),
        "stalls": (("1 gian",), ("2 gian",)),
        "volume": (("200 kg",), ("3 tạ",)),
        "power": (("cần điện",), ("không cần",)),
        "people": (("2 người",), ("3 người",)),
        "vehicle": (("tự đi",), ("cần xe chung",)),
        "support": (("tiền xe",), ("tiền gian hàng",)),
    },
    "fair_results": {
        "sales": (("5 triệu",), ("6 triệu",)),
        "contracts": (("1 hợp đồng",), ("2 hợp đồng",)),
        "buyers": (("3 mối",), ("4 mối",)),
        "note": (("gian hàng khuất",), ("đông khách",)),
    },
    "typist": {"name": (("Lý Văn Nam",), ("Lý Thị Hoa",))},
    "paper": {
        "pages": ((Photo("e" * 64), "xong"), (Photo("f" * 64), "xong")),
        "name": (("1",), ("danh sách người làm",)),
        "whose": (("1",), ("2",)),
        "dates": (("cấp 1/3/2025, hết hạn 1/3/2028", "đúng"), ("hết hạn 1/3/2029", "đúng")),
    },
    "label": {
        "items": (("1, 2, 5",), ("tất cả",)),
        "slogans": (("không chất bảo quản", "xong"), ("ko dùng chất bảo quản", "xong")),
        "preservatives": (("không có",), ("1",)),
    },
    "renewal": {
        "case": (("nâng hạng",), ("đánh giá lại",)),
        "star": (("3",), ("4 sao",)),
        "recognised": (("20/12/2023",), ("2/2024",)),
    },
    "certificate": {
        "name": (("chè Shan",), ("gạo nếp",)),
        "star": (("3",), ("4 sao",)),
        "recognised": (("20/12/2023",), ("2/2024",)),
    },
    "story": {
        "name": (("tên của giống lúa", "xong"), ("tên của bản", "xong")),
        "history": (("từ đời ông bà", "xong"), ("từ năm 1970", "xong")),
        "uniqueness": (("giống cũ của bản", "xong"), ("nước suối nguồn", "xong")),
        "character": (("dẻo, thơm", "xong"), ("hạt tròn", "xong")),
        "reason_to_believe": (("không phun thuốc", "xong"), ("khách quen", "xong")),
        "benefit": (("ăn chắc bụng", "xong"), ("bà con có việc", "xong")),
        "market": (("khách du lịch", "xong"), ("nhà hàng", "xong")),
        "channels": (("chợ phiên", "xong"), ("tại nhà", "xong")),
    },
    "environment_pledge": {
        "position": (("giám đốc",), ("tổ trưởng",)),
        "site": (("thôn Đội 1",), ("xưởng thôn Đội 2",)),
        "output": (("5 tấn một năm",), ("2 tấn",)),
        "wastewater": (("qua hố lắng",), ("tưới vườn",)),
        "solid_waste": (("ủ phân",), ("cho lợn ăn",)),
        "air": (("che bạt",), ("khói bay lên cao",)),
        "packaging": (("túi giấy",), ("túi ni lông",)),
        "others": (("dọn mương",), ("trồng cây",)),
    },
    "self_declaration": {
        "ingredients": (("thóc nếp",), ("gạo nếp",)),
        "shelf_life": (("12 tháng",), ("6 tháng",)),
        "packing": (("túi 2 kg",), ("túi 5 kg",)),
        "certificate": (("12/2025",), ("13/2025",)),
        "certificate_issued": (("1/3/2025",), ("2/3/2025",)),
        "standards": (("QCVN 8-2",), ("TCVN 11888",)),
        "made_by": (("Xưởng Hoa Lê",), ("Xưởng Na Kim",)),
    },
    "labour_list": {
        "people": (
            ("Vàng Thị Mai, 1985, thôn Đội 1, đóng gói, có bảo hiểm", "xong"),
            ("Lý A Tủa, 1990, thôn Đội 2, xay xát, không", "xong"),
        ),
        "month": (("11/2026",), ("10/2026",)),
    },
    "linkage_contract": {
        "way": (("mình mua",), ("mình bán",)),
        "other": (("Tổ lúa Đội 2",), ("Cửa hàng Hoa Lê",)),
        "address": (("thôn Đội 2",), ("thôn Đội 3",)),
        "goods": (("thóc nếp",), ("gạo nếp",)),
        "quantity": (("3 tấn một vụ",), ("2 tấn",)),
        "price": (("theo giá chợ",), ("20 nghìn một kg",)),
        "begins": (("1/1/2027",), ("1/2/2027",)),
        "ends": (("31/12/2029",), ("31/12/2028",)),
    },
    "move_date": {
        "round": (("đợt 1",), ("đợt 2",)),
        "step": (("nộp hồ sơ",), ("tập huấn",)),
        "day": (("20/4", "đúng"), ("5/5", "đúng")),
        "why": (("trùng ngày lễ",), ("lũ quét",)),
        "sure": (("ghi",), ("thôi",)),
    },
    "extra_round": {
        "propose": (("15/8", "đúng"), ("16/8", "đúng")),
        "council": (("10/9", "đúng"), ("11/9", "đúng")),
        "decide": (("30/9", "đúng"), ("29/9", "đúng")),
        "document": (("Kế hoạch 45/KH-UBND",), ("Kế hoạch 46/KH-UBND",)),
        "sure": (("ghi",), ("thôi",)),
    },
    "give_back": {"why": (("mất trang cuối",), ("2",))},
    "ask_back": {"question": (("mỗi năm bao nhiêu cân?",), ("ai làm ra?",))},
    "answer_back": {"answer": (("chừng 500 cân",), ("chừng 2 tấn",))},
    "judgement": {
        "local_material": (("không đạt",), ("không đạt, mua ngoài tỉnh",)),
        "local_material_why": (("mua ngoài tỉnh",), ("mua ngoài xã",)),
        "local_labour": (("không đạt",), ("chưa đạt: thuê người nơi khác",)),
        "local_labour_why": (("thuê người nơi khác",), ("chưa rõ ai làm",)),
        "idea_origin": (("không đạt",), ("đạt",)),
        "idea_origin_why": (("giống nơi khác",), ("chép của nơi khác",)),
        "local_identity": (("không đạt",), ("đạt, nghề của bản",)),
        "local_identity_why": (("như hàng chợ",), ("bao bì như hàng chợ",)),
        "conclusion": (("trả lại",), ("đề nghị",)),
        "why": (("thêm hợp đồng",), ("thêm giấy",)),
    },
    "lacks": {"papers": (("1 3",), ("câu chuyện",))},
    "invite": {
        "role": (("cán bộ xã",), ("người tư vấn",)),
        "area": (("xã Bản Liền, Lào Cai",), ("xã Bắc Hà, Lào Cai",)),
        "sure": (("lấy mã",), ("thôi",)),
    },
    "council": {
        "decision": (("215/QĐ-UBND",), ("216/QĐ-UBND",)),
        "decided_on": (("12/10/2026",), ("13/10/2026",)),
        "seats": (("Lò An, chủ tịch", "xong"), ("Lò An, chủ tịch, UBND tỉnh", "xong")),
    },
    "sitting": {
        "day": (("20/12", "đúng"), ("21/12", "đúng")),
        "place": (("phòng họp số 2",), ("hội trường",)),
    },
    "opinions": {"day": (("20/12", "đúng"), ("21/12", "đúng"))},
    "inspection": {
        "checked": (("1, 2",), ("đủ",)),
        "samples": (("2 mẫu",), ("0",)),
        "why": (("2",), ("sổ bỏ trống",)),
        "until": (("20/12", "đúng"), ("21/12", "đúng")),
    },
    "support": {
        "unit": (("HTX Bản Liền",), ("Sở Công Thương",)),
        "fund": (("2",), ("khuyến công",)),
        "planned": (("150 triệu",), ("100 triệu",)),
        "paid": (("50 triệu",), ("0",)),
        "use": (("máy sấy",), ("in bao bì",)),
        "decision": (("12/QĐ-UBND",), ("15/QĐ-SCT",)),
    },
    "revocation": {
        "cause": (("2",), ("không còn sản xuất",)),
        "concluded": (("12/10/2026",), ("13/10/2026",)),
        "why": (("Kết luận 12/KL-SYT",), ("xã xác nhận",)),
    },
    "revoking": {
        "number": (("88/QĐ-UBND",), ("89/QĐ-UBND",)),
        "day": (("12/10/2026",), ("13/10/2026",)),
        "sure": (("ghi",), ("thôi",)),
    },
    "inspected": {"photos": ((Photo("a" * 64), "xong"), (Photo("b" * 64), "xong"))},
    "mended": {"photos": ((Photo("a" * 64), "xong"), (Photo("b" * 64), "xong"))},
    "yearly_figures": {
        "output": (("12 tấn gạo",), ("9 tấn",)),
        "sales": (("300 triệu",), ("250 triệu",)),
        "shared": (("ghi vào sổ",), ("không",)),
        "workers": (("8 người",), ("9",)),
        "local_workers": (("6",), ("5",)),
        "markets": (("2 nơi",), ("3",)),
    },
    "task": {
        "lines": (("Sở Y tế: lấy mẫu trước 15/3", "xong"), ("UBND xã: báo cáo", "xong")),
    },
    "results": {
        "number": (("1234/QĐ-UBND",), ("1235/QĐ-UBND",)),
        "day": (("12/10/2026",), ("13/10/2026",)),
        "sure": (("ghi",), ("thôi",)),
    },
    "ministry": {
        "star": (("5 sao",), ("4 sao",)),
        "number": (("321/QĐ-BNNMT",), ("322/QĐ-BNNMT",)),
        "day": (("12/10/2026",), ("13/10/2026",)),
    },
}
FORMS = list(catalogue)


def typed(form: Form, path: str, *, otherwise: bool = False) -> Acts:
    """The messages by which the question is answered."""
    return TYPED[form.name][path][otherwise]


def begun(form: Form) -> Chat:
    """A chat in which the form has just begun."""
    sheets = (SHEETS[place] for place, one in SCORED.items() if one is form)
    return Chat(form, facts=next(sheets, FACTS.get(form.name, {}))).begun()


def standing_at(form: Form, path: str) -> Chat:
    """A chat in which everything before that question is answered."""
    chat = begun(form)
    while chat.run.at != path:
        chat.say(*typed(form, chat.run.at))
        assert chat.run.status == "open", f"{path} was never asked"
    return chat


def filled(form: Form) -> Chat:
    """A chat in which everything is answered: at the review, where there is one."""
    chat = begun(form)
    while chat.run.status == "open" and chat.run.at != "review":
        chat.say(*typed(form, chat.run.at))
    return chat


def asked_paths(form: Form) -> list[str]:
    """The questions in the order in which they are asked of who answers so."""
    return [
        step.path for step in filled(form).log if step.kind == "asked" and step.path != "review"
    ]


POSITIONS = [(form, path) for form in FORMS for path in dict.fromkeys(asked_paths(form))]
IDS = [f"{form.name}.{path}" for form, path in POSITIONS]
