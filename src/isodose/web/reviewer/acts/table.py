"""All forms of the desk by their names. An act that is not here cannot be done at it."""

from __future__ import annotations

from collections.abc import Mapping

from isodose.web.reviewer.acts import authorizations, clocks, closing, decide, forward, review
from isodose.web.reviewer.acts.panel import Panel

PANELS: Mapping[str, Panel] = {
    panel.name: panel
    for module in (review, forward, decide, clocks, closing, authorizations)
    for panel in module.PANELS
}
