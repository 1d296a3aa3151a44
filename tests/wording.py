"""The words of the bot, compiled once for all tests of a process: nobody changes them."""

from bot.settings import ROOT
from bot.wording import ours

TEMPLATES = ROOT / "templates"
WORDING = ours()
