"""Documents in HTML: how Isodose looks. No request, no session, no clock; what is shown comes in as values."""
