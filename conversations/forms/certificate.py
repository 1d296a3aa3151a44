"""Giấy chứng nhận: one of a product that we do not know yet, so that its days are minded."""

from conversations.answers import Text
from conversations.form import Form, Question
from conversations.measuring import DateKind, Star

certificate = Form(
    name="certificate",
    version=1,
    questions=(
        Question(
            "name",
            Text(least=2, most=120),
            things=True,
            called="ten|ten san pham|san pham|name|name of the product|product",
        ),
        Question("star", Star(), called="sao|sao tren giay|hang|star|stars"),
        Question(
            "recognised",
            DateKind(past=True),
            called="ngay|ngay cong nhan|ngay tren giay|ngay cap|day|day of the certificate",
        ),
    ),
)
