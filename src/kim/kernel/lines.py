"""The line somebody comes by, as far as it may be looked at: never kept, only counted by."""

import ipaddress

NETWORK = 64  # bits of an IPv6 address that name the line; the others each device makes up


def network_of(address: str) -> str:
    """The line somebody reads from: the address, or of a long one (IPv6) the half that does not change by itself."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found if found.version == 4 else ipaddress.ip_network((found, NETWORK), strict=False))
