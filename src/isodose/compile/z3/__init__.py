"""Rails and flags as formulas of Z3."""
