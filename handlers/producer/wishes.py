"""What people come for, by name: each wish has its deed; some need consent or a profile first."""

from collections.abc import Callable
from functools import partial

from handlers.producer import (
    certificates,
    checks,
    consenting,
    dossiers,
    fair_answers,
    filing,
    helping,
    ideas,
    labelling,
    lacking,
    linking,
    mending,
    menu,
    papers,
    parked,
    plans,
    prints,
    privacy,
    profiles,
    questions,
    renewing,
    scores,
    stars,
    unlinking,
    writing,
    yearly,
)
from handlers.producer.standing import Standing
from handlers.talk import Talk

# Wishes that keep nothing personal and so need no consent.
_OPEN = frozenset({"rounds", "fairs", "language", "help", "menu", "hello", "thanks"})
_OPEN |= {"link", "link_yes", "link_no", "link_both", "link_one", "unlink", "unlink_none"}
_OPEN |= {"privacy", "own_data", "erase", "erase_yes", "erase_no", "erase_off", "consent"}


def wish(talk: Talk, item: str) -> None:
    """Do what the person came for."""
    talk.change(misses=0)
    name, _, which = item.partition(":")
    if name not in _OPEN and not consenting.given(talk.session):
        consenting.ask(talk, item)
    elif which and name in _WITH_NUMBER:
        _WITH_NUMBER[name](talk, which)
    elif name in _DEEDS:
        _DEEDS[name](talk)
    else:
        menu.unknown(talk)


def _help(talk: Talk) -> None:
    talk.say("engine.help")
    if not talk.resume(told=True):
        menu.show(talk)


def _told(deed: Callable[[Talk], None]) -> Callable[[Talk], None]:
    """Something said in between: afterwards the open question stands there again."""

    def tell(talk: Talk) -> None:
        deed(talk)
        talk.resume()

    return tell


def _hello(talk: Talk) -> None:
    if not parked.welcome_back(talk):
        menu.hello(talk)


def _thanks(talk: Talk) -> None:
    talk.say("menu.welcome")
    talk.resume(told=True)


def _no_more(talk: Talk) -> None:
    """The last page of a list is on the screen; it stays there."""
    talk.say("menu.no_more")


def _fair_answer(name: str, talk: Talk, which: str) -> None:
    fair_answers.tapped(talk, name, which)


def _chosen(talk: Talk, which: str) -> None:
    wish(talk, dossiers.chosen(talk, which))


# What is done with a dossier, which is asked for first where there are several.
_WITH_DOSSIER: dict[str, Callable[[Talk, Standing], None]] = {
    "dossier": dossiers.home,
    "missing": partial(lacking.missing, asked=True),
    "papers": lacking.listing,
    "send": papers.send,
    "drop": papers.choose_drop,
    "samples": papers.samples,
    "score": scores.begin,
    "stars": stars.tell,
    "path": stars.path,
    "revise": scores.revise,
    "book": prints.book,
    "writing": writing.listing,
    "check": checks.check,
    "label": labelling.begin,
    "upgrade": renewing.upgrade,
    "again_this": renewing.again,
    "plan": plans.tell,
    "plan_stay": plans.stay,
    "move_round": plans.choose_round,
    "hand_in": filing.if_ready,
    "file": filing.begin,
    "file_not": filing.not_yet,
}
_ABOUT_ONE: dict[str, Callable[[Talk, Standing, str], None]] = {
    "paper": lacking.about,
    "example": lacking.example,
    "certified": papers.certified,
    "send": papers.send,
    "drop": papers.ask_drop,
    "drop_yes": papers.drop,
    "papers": lacking.page,
    "check": checks.further,
    "variant": scores.choose_variant,
    "claim": scores.again,
    "revise": scores.revise_page,
    "path": stars.path,
    "step": stars.step,
    "print": prints.order,
    "write": writing.write,
    "plan": plans.page,
    "to_round": plans.move,
    "next_round": plans.move,
}


def _about_one(name: str, talk: Talk, which: str) -> None:
    def deed(talk: Talk, one: Standing) -> None:
        _ABOUT_ONE[name](talk, one, which)

    dossiers.with_one(talk, f"{name}:{which}", deed)


def _with_dossier(name: str, talk: Talk) -> None:
    dossiers.with_one(talk, name, _WITH_DOSSIER[name])


_DEEDS: dict[str, Callable[[Talk], None]] = {
    **{name: partial(_with_dossier, name) for name in _WITH_DOSSIER},
    "another": dossiers.another,
    "certificates": certificates.show,
    "reassess": renewing.of_certificate,
    "again_other": certificates.begin,
    "idea": ideas.begin,
    "idea_new": ideas.begin_new,
    "mend": mending.begin,
    "mended": yearly.mend,
    "yearly": yearly.begin,
    "profile": profiles.begin,
    "profile_new": profiles.begin_new,
    "drafts": parked.show_all,
    "rounds": _told(menu.coming_rounds),
    "fairs": _told(menu.coming_fairs),
    "officer": questions.begin,
    "ask_more": questions.more,
    "language": menu.set_language,
    "help": _help,
    "menu": parked.to_menu,
    "hello": _hello,
    "thanks": _thanks,
    "more": _no_more,
    "forget": consenting.withdraw,
    "helpcode": helping.give_code,
    "typist": helping.begin,
    "go_on": parked.go_on,
    "else": parked.to_menu,
    "link": linking.give_code,
    "link_yes": linking.confirm,
    "link_no": linking.decline,
    "link_both": linking.allow_both,
    "link_one": linking.keep_to_one,
    "unlink": unlinking.ask,
    "unlink_none": unlinking.keep_all,
    "privacy": privacy.show,
    "own_data": privacy.own_data,
    "erase": privacy.ask_erase,
    "erase_yes": privacy.erase,
    "erase_no": privacy.keep,
    "erase_off": privacy.call_off,
    "consent": consenting.agree,
}
_WITH_NUMBER: dict[str, Callable[[Talk, str], None]] = {
    **{name: partial(_fair_answer, name) for name in fair_answers.ITEMS},
    **{name: partial(_about_one, name) for name in _ABOUT_ONE},
    "dossier_for": _chosen,
    "file_yes": filing.hand_in,
    "again_for": certificates.begin_for,
    "draft": parked.pick,
    "draft_go": parked.take_up,
    "draft_end": parked.withdraw,
    "idea": ideas.pick,
    "idea_end": ideas.ask_sure,
    "mend": mending.begin,
    "idea_gone": ideas.withdraw,
    "idea_kept": ideas.keep,
    "idea_for": ideas.begin_for,
    "code": helping.use_code,
    "profile_of": profiles.edit,
    "link_both": linking.allow_both,
    "link_one": linking.keep_to_one,
    "unlink": unlinking.part,
    "privacy_off": privacy.turn_off,
    "privacy_on": privacy.turn_on,
}
