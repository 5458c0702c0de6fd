"""The fax kit: a cover sheet and worksheets for a practice that works on paper. See docs.md."""
