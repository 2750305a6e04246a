"""What grpcio takes for a target, as the host:port that Java takes."""
import re

_DEFAULT_PORT = "443"


def address(target):
    """The address, or (None, why there is none)."""
    scheme, colon, rest = target.partition(":")
    if scheme in ("ipv4", "ipv6") and colon:
        if "," in rest:
            return None, f"Katydid's gRPC takes one address for a channel, not the list {rest}."
        target = rest.lstrip("/")
    elif scheme in ("unix", "unix-abstract", "vsock") and colon:
        return None, f"Katydid's gRPC does not connect to {target}: give a host and a port."
    elif scheme in ("xds", "google-c2p"):
        return None, f"Katydid's gRPC does not know {scheme}: give a host and a port."
    elif scheme == "dns" and colon and not re.match(r"//[^/]", rest):
        target = rest.lstrip("/")
    elif re.match(r"[a-z]+://", target) and scheme != "dns":
        return None, (f"errors resolving {target}: [field:hostname lookup error:address lookup failed for {target}: "
                      "Misformatted domain name]")
    if not re.search(r":\w+\Z", target) or target.count(":") > 1 and not re.search(r"\]:\w+\Z", target):
        target = f"[{target}]" if target.count(":") > 1 and not target.startswith("[") else target
        target = f"{target}:{_DEFAULT_PORT}"
    return target, None
