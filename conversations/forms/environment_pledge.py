"""Cam kết bảo vệ môi trường: what waste there is where it is made, and what is done with it.

``facts``: ``positions`` and ``sites`` that were told before, ``packaging`` as the idea gave it.
"""

from typing import ClassVar

from conversations.answers import Text
from conversations.form import Form, Question
from conversations.recalling import Recalled


class _Told(Text):
    """What is told; that there is none of it is told too."""

    denies: ClassVar[bool] = True


_TOLD = _Told(least=2, most=400)

environment_pledge = Form(
    name="environment_pledge",
    version=1,
    questions=(
        Question(
            "position",
            Recalled(least=2, most=60, fact="positions"),
            optional=True,
            things=True,
            called="chuc vu|chuc|office|position",
        ),
        Question(
            "site",
            Recalled(least=2, most=200, fact="sites"),
            things=True,
            called="cho lam hang|cho lam|noi lam|where it is made|site",
        ),
        Question("output", _TOLD, things=True, called="san luong|output"),
        Question("wastewater", _TOLD, things=True, called="nuoc thai|nuoc|used water|waste water"),
        Question("solid_waste", _TOLD, things=True, called="rac, ba|rac ba|rac|ba|waste"),
        Question(
            "air",
            _TOLD,
            things=True,
            called="khoi, bui, mui|khoi bui mui|khoi bui|khoi|bui|smoke, dust, smell|smoke",
        ),
        Question("packaging", _TOLD, prefill="packaging", things=True, called="bao bi|packaging"),
        Question(
            "others", _TOLD, optional=True, things=True, called="viec khac|anything else|others"
        ),
    ),
)
