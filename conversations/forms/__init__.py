"""One file a form; here they are listed, with the earlier versions that running sessions keep."""

from conversations.catalogue import Catalogue
from conversations.forms.consent import consent
from conversations.forms.contact import contact
from conversations.forms.idea import idea
from conversations.forms.profile import profile
from conversations.forms.typist import typist

catalogue = Catalogue((consent, profile, idea, contact, typist))
