"""A package, so that no other of this name, installed beside it, is taken for it."""
