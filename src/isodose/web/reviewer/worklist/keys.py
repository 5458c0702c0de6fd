"""Single keys, which everybody may turn off."""

KEYS = "desk keys"
"""The preference that says whether they are on."""
