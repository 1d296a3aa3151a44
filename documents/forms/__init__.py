"""The forms of the law and the writing-help papers: what stands in each, for whatever prints it.

A field that is None is not known; it is printed as a blank to fill in by hand.
"""

from documents.forms.batch_log import BatchLog
from documents.forms.council import (
    CouncilMinutes,
    CouncilNotice,
    CouncilOpinions,
    CouncilScores,
    OpinionsNotice,
)
from documents.forms.environment_pledge import EnvironmentPledge
from documents.forms.form_01 import Registration
from documents.forms.form_02 import SelfAssessment
from documents.forms.form_03 import CommuneReport
from documents.forms.idea_sheet import IdeaSheet
from documents.forms.labour_list import LabourList
from documents.forms.linkage_contract import LinkageContract
from documents.forms.self_declaration import SelfDeclaration
from documents.forms.story import Story

Form = (
    Registration
    | SelfAssessment
    | CommuneReport
    | IdeaSheet
    | Story
    | EnvironmentPledge
    | SelfDeclaration
    | LabourList
    | LinkageContract
    | BatchLog
    | CouncilMinutes
    | CouncilNotice
    | CouncilOpinions
    | OpinionsNotice
    | CouncilScores
)

__all__ = [
    "BatchLog",
    "CommuneReport",
    "CouncilMinutes",
    "CouncilNotice",
    "CouncilOpinions",
    "CouncilScores",
    "EnvironmentPledge",
    "Form",
    "IdeaSheet",
    "LabourList",
    "LinkageContract",
    "OpinionsNotice",
    "Registration",
    "SelfAssessment",
    "SelfDeclaration",
    "Story",
]
