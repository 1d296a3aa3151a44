"""Hợp đồng liên kết: with whom, what and how much, at which price, from when to when.

``facts``: ``goods``, what may pass from hand to hand.
"""

from conversations.answers import Text
from conversations.choosing import Choice
from conversations.form import Form, Question
from conversations.readings.choices import Option
from conversations.recalling import Recalled

linkage_contract = Form(
    name="linkage_contract",
    version=1,
    questions=(
        Question(
            "way",
            Choice(
                (
                    Option("buys", ("minh mua", "mua", "mua cua ho", "ho ban cho minh", "we buy")),
                    Option("sells", ("minh ban", "ban", "ban cho ho", "ho mua", "we sell")),
                )
            ),
            called="mua hay ban|mua ban|buying or selling",
        ),
        Question(
            "other", Text(least=2, most=120), things=True, called="ben kia|ten ben kia|other side"
        ),
        Question(
            "address",
            Text(least=2, most=200),
            optional=True,
            things=True,
            called="dia chi ben kia|dia chi|address of the other side|address",
        ),
        Question(
            "goods",
            Recalled(least=2, most=200, fact="goods"),
            things=True,
            called="hang hoa|hang|goods",
        ),
        Question(
            "quantity",
            Text(least=2, most=120),
            things=True,
            called="khoi luong|so luong|bao nhieu|how much|quantity",
        ),
        Question("price", Text(least=2, most=300), things=True, called="gia|gia ca|price"),
        Question(
            "begins",
            Text(least=2, most=60),
            things=True,
            called="tu khi nao|tu ngay|bat dau|from when|begins",
        ),
        Question(
            "ends",
            Text(least=2, most=60),
            things=True,
            called="toi khi nao|den khi nao|den ngay|toi ngay|until when|ends",
        ),
    ),
)
