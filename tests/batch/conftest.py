"""Hypothesis without a clock: the first example loads a guideline, and machines differ."""

from hypothesis import settings

settings.register_profile("isodose", deadline=None)
settings.load_profile("isodose")
