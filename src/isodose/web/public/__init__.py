"""Pages for everybody, without signing in: the guideline, whether authorization is needed, a case to check."""
