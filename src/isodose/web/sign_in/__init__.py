"""Sign-in: passwords, second factors, sessions, and slowing down who guesses."""
