"""Communes of Viet Nam, of today and of before 1/7/2025, found by what people type."""

from programme.places.finding import Places, places
from programme.places.found import Area, Commune, Found, Match
from programme.places.gazetteer import Province

__all__ = ["Area", "Commune", "Found", "Match", "Places", "Province", "places"]
