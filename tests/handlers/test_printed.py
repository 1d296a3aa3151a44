"""What is known of a dossier stands in the papers that are printed of it."""

from documents.forms import SelfAssessment
from documents.forms.idea_sheet import Material
from tests.handlers.phones import Phones
from tests.handlers.test_checked_papers import tell
from tests.handlers.test_writing import last


def test_each_material_stands_in_the_report_with_where_it_comes_from(phones: Phones) -> None:
    phones.with_idea()
    shares = {"commune": 70, "province": 100}
    tell(phones, materials=[{"name": "thóc", "shares": shares}, {"name": "muối"}])

    phones.say("mẫu 02")

    report = last(phones, SelfAssessment)
    assert report.materials == (Material("thóc", 70, 100), Material("muối"))
