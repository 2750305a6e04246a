"""The pytest plugin of the fixtures that test functions take as users (spec/python-api.md, `PytestUser`)."""
