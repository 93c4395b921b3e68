"""Which addresses belong to the public internet. All others lead to this machine, to our own network, or through a tunnel
to either, and are never connected to on somebody's word."""

from ipaddress import ip_address, ip_network

# IANA's special-purpose registries, the blocks of 6to4 and AS112, multicast, what is reserved, and one cloud's own door.
_SHUT_4 = [
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Of IPv6 only global unicast is open: mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96) and local addresses lie outside of it.
_OPEN_6 = ip_network("2000::/3")
_SHUT_6 = [ip_network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")]


def is_public(address: str) -> bool:
    """Whether an IP address is global unicast; False for what is no address at all."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if found.version == 4:
        return not any(found in block for block in _SHUT_4)
    return found in _OPEN_6 and not any(found in block for block in _SHUT_6)
