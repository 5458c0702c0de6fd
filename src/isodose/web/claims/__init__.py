"""The page of claims operations: one claim line, and what was authorized."""
