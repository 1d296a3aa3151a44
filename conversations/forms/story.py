"""Câu chuyện sản phẩm: told in an interview, the eight elements that a story has by the rules.

``facts``: ``name``, ``special`` and ``photos``, as the idea gave them.
"""

from conversations.answers import LongText, Photos
from conversations.form import Form, Question

_MOST = 2500  # signs: eight of these are a story that somebody still reads
_TOLD = LongText(most=_MOST, voice=True)
PHOTOS = 4  # as many as one page shows

story = Form(
    name="story",
    version=1,
    questions=(
        Question(
            "name",
            LongText(most=_MOST),
            prefill="name",
            things=True,
            called="ten goi|ten|the name|name",
        ),
        Question("history", _TOLD, things=True, called="lich su|tu bao gio|history"),
        Question(
            "uniqueness",
            _TOLD,
            prefill="special",
            things=True,
            called="dieu rieng co|diem rieng|rieng|dac biet|what is yours alone|unique",
        ),
        Question(
            "character",
            _TOLD,
            things=True,
            called="mau, mui, vi|mau mui vi|dac tinh|look, smell, taste|taste",
        ),
        Question(
            "reason_to_believe",
            _TOLD,
            things=True,
            called="vi sao khach tin|vi sao tin|why buyers trust it|trust",
        ),
        Question("benefit", _TOLD, things=True, called="ich loi|loi ich|what good it does|benefit"),
        Question(
            "market",
            LongText(most=_MOST),
            things=True,
            called="ai mua|nguoi mua|khach|who buys|buyers",
        ),
        Question(
            "channels",
            LongText(most=_MOST),
            things=True,
            called="mua o dau|ban o dau|noi ban|where to buy|shops",
        ),
        Question(
            "photos",
            Photos(most=PHOTOS),
            optional=True,
            asked=False,
            prefill="photos",
            called="anh trong bai|anh|hinh|photos in the story|photos|photo",
        ),
    ),
)
