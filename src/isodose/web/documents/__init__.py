"""Documents that practices send: which kinds are taken, by their content, and how they are shown without being run."""
