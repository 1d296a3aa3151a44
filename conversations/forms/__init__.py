"""One file a form; here they are listed, with the earlier versions that running sessions keep."""

from conversations.catalogue import Catalogue
from conversations.forms import ballot, score
from conversations.forms.announcement import announcement
from conversations.forms.answer_back import answer_back
from conversations.forms.answering import answering
from conversations.forms.ask_back import ask_back
from conversations.forms.certificate import certificate
from conversations.forms.consent import consent
from conversations.forms.contact import contact
from conversations.forms.council import council
from conversations.forms.environment_pledge import environment_pledge
from conversations.forms.extra_round import extra_round
from conversations.forms.fair_joining import fair_joining
from conversations.forms.fair_results import fair_results
from conversations.forms.give_back import give_back
from conversations.forms.idea import idea
from conversations.forms.inspected import inspected
from conversations.forms.inspection import inspection
from conversations.forms.invite import invite
from conversations.forms.judgement import judgement
from conversations.forms.label import label
from conversations.forms.labour_list import labour_list
from conversations.forms.lacks import lacks
from conversations.forms.linkage_contract import linkage_contract
from conversations.forms.mended import mended
from conversations.forms.ministry import ministry
from conversations.forms.move_date import move_date
from conversations.forms.opinions import opinions
from conversations.forms.paper import paper
from conversations.forms.profile import profile
from conversations.forms.renewal import renewal
from conversations.forms.results import results
from conversations.forms.revocation import revocation, revoking
from conversations.forms.self_declaration import self_declaration
from conversations.forms.sending_day import sending_day
from conversations.forms.sitting import sitting
from conversations.forms.story import story
from conversations.forms.support import support
from conversations.forms.task import task
from conversations.forms.typist import typist
from conversations.forms.yearly_figures import yearly_figures

catalogue = Catalogue(
    (
        *(consent, profile, idea, contact, answering, typist, paper, label, renewal, certificate),
        *(story, environment_pledge, self_declaration, labour_list, linkage_contract),
        *(move_date, extra_round, invite),
        *(announcement, sending_day, fair_joining, fair_results),
        *(council, sitting, opinions, results, ministry, task),
        *(inspection, inspected, mended, yearly_figures, support, revocation, revoking),
        *(give_back, ask_back, answer_back, judgement, lacks),
    ),
    {score.NAME: score.family, ballot.NAME: ballot.family},
)
