"""Conditions over classes of answers, as short as they can be, and the questions that rest on them."""
