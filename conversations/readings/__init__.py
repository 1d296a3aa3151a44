"""Typed answers read as what they mean: each reader takes the text and promises never to raise."""

from conversations.readings.amounts import Amount, amount
from conversations.readings.choices import Option, choice, choices
from conversations.readings.clock import Clock, clock
from conversations.readings.dates import date, partial_date
from conversations.readings.emails import email
from conversations.readings.numbers import count, whole
from conversations.readings.origins import Shares, shares
from conversations.readings.percents import percent
from conversations.readings.phones import phone
from conversations.readings.seasons import months
from conversations.readings.skips import unknown
from conversations.readings.sums import money
from conversations.readings.telex import untelex
from conversations.readings.workers import Labour, labour
from conversations.readings.yesno import yes_no

__all__ = [
    "Amount",
    "Clock",
    "Labour",
    "Option",
    "Shares",
    "amount",
    "choice",
    "choices",
    "clock",
    "count",
    "date",
    "email",
    "labour",
    "money",
    "months",
    "partial_date",
    "percent",
    "phone",
    "shares",
    "unknown",
    "untelex",
    "whole",
    "yes_no",
]
