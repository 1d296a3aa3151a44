"""Bản tự công bố sản phẩm: what a draft of it needs beside what is known of the producer.

``facts``: ``ingredients`` and ``packings`` that were told before; ``certificate`` and
``certificate_issued`` where a food safety certificate was given.
"""

from conversations.answers import Text
from conversations.form import Form, Question, When
from conversations.recalling import Recalled

self_declaration = Form(
    name="self_declaration",
    version=1,
    questions=(
        Question(
            "ingredients",
            Recalled(least=2, most=600, fact="ingredients"),
            things=True,
            called="thanh phan|ingredients",
        ),
        Question(
            "shelf_life", Text(least=2, most=120), things=True, called="han dung|han|shelf life"
        ),
        Question(
            "packing",
            Recalled(least=2, most=300, fact="packings"),
            things=True,
            called="cach dong goi|dong goi|bao bi|packing",
        ),
        Question(
            "certificate",
            Text(least=2, most=60),
            optional=True,
            prefill="certificate",
            things=True,
            called="so giay an toan thuc pham|giay an toan thuc pham|so giay"
            "|number of the food safety certificate|certificate",
        ),
        Question(
            "certificate_issued",
            Text(least=2, most=120),
            optional=True,
            prefill="certificate_issued",
            when=When("certificate"),
            things=True,
            called="ngay cap, noi cap|ngay cap|noi cap|issued when, by whom|issued",
        ),
        Question(
            "standards",
            Text(least=2, most=400),
            optional=True,
            things=True,
            called="tieu chuan|quy chuan|standard|standards",
        ),
        Question(
            "made_by",
            Text(least=2, most=200),
            optional=True,
            things=True,
            called="noi lam ho|lam ho|made for you by|made by",
        ),
    ),
)
