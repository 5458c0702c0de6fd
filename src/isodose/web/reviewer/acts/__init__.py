"""What a reviewer does at the desk: for each act its form, and how the form becomes the act."""
