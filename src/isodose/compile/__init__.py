"""One tree, many forms: what an edition says as expressions that any engine of columns, proof or exchange can hold.

docs.md beside this file draws the way from the tree to each target.
"""
