"""The worklist: what waits, the next deadline first."""
