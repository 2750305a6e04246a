"""What sys.exit() asks for."""


def code_and_text(error):
    """A SystemExit's exit code, 0 to 255, and what it says on stderr, None for nothing: exit(3), exit("no host")."""
    code = error.code
    if code is None or isinstance(code, int):
        return int(code or 0) & 0xFF, None
    return 1, str(code)
