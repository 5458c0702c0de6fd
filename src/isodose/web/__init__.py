"""The one part that knows HTTP: the route table, sign-in, pages."""
