"""Whether two outcomes of one file are the same to its author, and if not, in what they differ."""
import re

_VARIABLE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{12,}\b|\d+|(?<==)[^&\s]+", re.I)

# Expecting this many and seeing none happens once in 150 times.
MANY = 5


def plain(name):
    """Two random ids in an URL are the same name."""
    return re.sub(r"#+", "#", _VARIABLE.sub("#", name))


def differences(locust, katydid):
    """An empty list if both did the same."""
    found = []
    if locust["code"] != katydid["code"]:
        found.append(f"exit code {locust['code']} became {katydid['code']}")
    theirs, ours = ({plain(name) for name in side["requests"]} for side in (locust, katydid))
    for title, names in (("missing", theirs - ours), ("not in Locust's run", ours - theirs)):
        if names:
            found.append(f"requests {title}: " + ", ".join(sorted(names)[:4]) + (" ..." if len(names) > 4 else ""))
    their_failing, our_failing = (_failing(side) & theirs & ours for side in (locust, katydid))
    if their_failing != our_failing:
        found.append("fails on one side only: " + ", ".join(sorted(their_failing ^ our_failing)[:4]))
    if _classes(locust) != _classes(katydid):
        found.append(f"exceptions {_classes(locust)} became {_classes(katydid)}")
    return found


def without_rare(locust, katydid):
    """Both outcomes without the names that only one side has asked for, and so rarely that the other may well have
    missed them: fewer than MANY would have been expected of it."""
    counts = [_counts(side) for side in (locust, katydid)]
    totals = [max(1, sum(each.values())) for each in counts]
    rare = set()
    for own, other in ((0, 1), (1, 0)):
        rare |= {name for name, count in counts[own].items()
                 if name not in counts[other] and count * totals[other] / totals[own] < MANY}
    return [_without(side, rare) for side in (locust, katydid)]


def _counts(side):
    counts = {}
    for name, count in side["requests"].items():
        counts[plain(name)] = counts.get(plain(name), 0) + count
    return counts


def _without(side, names):
    left = type(side)(side)
    left["requests"] = {name: count for name, count in side["requests"].items() if plain(name) not in names}
    left["failures"] = [text for text in side["failures"] if plain(text.split(": ", 1)[0]) not in names]
    return left


def only_chance(locust, katydid):
    """True when one side has merely seen less of what its users choose at random; a longer run decides."""
    return any(difference.startswith(("requests", "fails", "exceptions", "exit"))
               for difference in differences(locust, katydid)) and locust.did_something and katydid.did_something


def merged(one, other):
    """What two runs of the same side have shown together."""
    both = type(one)(other)
    both["requests"] = {name: one["requests"].get(name, 0) + other["requests"].get(name, 0)
                        for name in {**one["requests"], **other["requests"]}}
    for kind in ("failures", "exceptions"):
        both[kind] = sorted({*one[kind], *other[kind]})
    return both


def _failing(outcome):
    return {plain(text.split(": ", 1)[0]) for text in outcome["failures"]}


def _classes(outcome):
    """Names of the exceptions' classes, without their modules."""
    return sorted({text.split(":", 1)[0].rsplit(".", 1)[-1] for text in outcome["exceptions"]})
