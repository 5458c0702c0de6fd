"""What every engine of rows computes: cells read as facts, what cannot be right, the six added columns."""
