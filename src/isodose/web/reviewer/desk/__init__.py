"""The desk: one case, its documents, and the guideline clause by clause beside each other."""
