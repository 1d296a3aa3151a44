"""An office's own register of products, as its sheet has it: columns in any order and wording.

``heads`` finds out which column holds what, ``cells`` reads single cells, ``reading`` makes an
entry of each row or says why not, and ``taking`` makes an office's programme of the entries.
"""

from programme.register.cells import Cell, Formula, Wrong
from programme.register.heads import FIELDS, Guess, Heads, Plan, Sheet, columns, find, letter
from programme.register.plans import plan
from programme.register.reading import REASONS, Entry, Fault, Read, read
from programme.register.taking import Telling, told

__all__ = [
    "FIELDS",
    "REASONS",
    "Cell",
    "Entry",
    "Fault",
    "Formula",
    "Guess",
    "Heads",
    "Plan",
    "Read",
    "Sheet",
    "Telling",
    "Wrong",
    "columns",
    "find",
    "letter",
    "plan",
    "read",
    "told",
]
