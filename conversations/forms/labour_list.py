"""Danh sách lao động: who works there, where they live, what they do, whether they are insured.

``facts``: ``months``, the months that it may be for.
"""

from conversations.form import Form, Question
from conversations.people import PersonKind
from conversations.recalling import Recalled

labour_list = Form(
    name="labour_list",
    version=1,
    questions=(
        Question(
            "people",
            PersonKind(),
            things=True,
            called="nguoi lam|nguoi|danh sach|workers|people",
        ),
        Question("month", Recalled(least=1, most=20, fact="months"), called="thang|month"),
    ),
)
