"""Words that passwords are made of too often. Few, and each stands for all that is built around it."""

from __future__ import annotations

COMMON = frozenset(
    """
    abc access account admin administrator apple asdf autumn baby baseball basketball batman blink blue buster butterfly
    changeme charlie cheese chocolate clinic computer cookie daniel default diamond doctor dragon enter example family flower
    football forever freedom friend ginger google guest hannah health heaven hello hockey hospital house hunter iloveyou
    internet jasmine jennifer jesus jordan killer letmein liverpool login love lovely lucky maggie master matrix medical
    medicine member merlin michael michelle money monkey mustang mypassword nicole nurse oncology orange pass passphrase
    passwd passwort password patient pepper physician please pokemon practice prince princess purple qazwsx qwer radiation
    radiology root samsung secret security shadow silver soccer spring starwars summer sunshine superman superstar sweet temp
    temporary test thomas tiger treatment trustno unknown user welcome whatever winter wizard xray yellow zaq
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)
"""In small letters."""

ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "!@#$%^&*()",
)
"""Along the alphabet and along keyboards; backwards they are as common."""
