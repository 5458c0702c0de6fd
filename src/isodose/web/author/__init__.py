"""Pages of the guideline's author: content with its check, editions, differences."""
