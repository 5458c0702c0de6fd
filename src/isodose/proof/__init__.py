"""What is proved of a guideline, and how an example is found: questions to Z3, answers in the guideline's own words."""
