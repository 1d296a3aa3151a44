"""One file a form; here they are listed, with the earlier versions that running sessions keep."""

from conversations.catalogue import Catalogue
from conversations.forms import score
from conversations.forms.certificate import certificate
from conversations.forms.consent import consent
from conversations.forms.contact import contact
from conversations.forms.environment_pledge import environment_pledge
from conversations.forms.extra_round import extra_round
from conversations.forms.idea import idea
from conversations.forms.label import label
from conversations.forms.labour_list import labour_list
from conversations.forms.linkage_contract import linkage_contract
from conversations.forms.move_date import move_date
from conversations.forms.paper import paper
from conversations.forms.profile import profile
from conversations.forms.renewal import renewal
from conversations.forms.self_declaration import self_declaration
from conversations.forms.story import story
from conversations.forms.typist import typist

catalogue = Catalogue(
    (
        *(consent, profile, idea, contact, typist, paper, label, renewal, certificate),
        *(story, environment_pledge, self_declaration, labour_list, linkage_contract),
        *(move_date, extra_round),
    ),
    {score.NAME: score.family},
)
