"""What is ticked in more than one form; each value is a key in the template of the form."""

from typing import Literal

Kind = Literal["cooperative", "team", "company", "household"]
Gender = Literal["female", "male"]
