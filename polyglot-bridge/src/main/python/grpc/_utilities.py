"""What generated modules ask for."""


def first_version_is_lower(version1, version2):
    """Whether the first version is lower than the second."""
    return _numbers(version1) < _numbers(version2)


def _numbers(version):
    numbers = []
    for part in version.split(".")[:3]:
        digits = ""
        for character in part:
            if not character.isdigit():
                break
            digits += character
        numbers.append(int(digits or 0))
    return numbers
