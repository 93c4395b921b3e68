"""Who counts as a reader: a browser that asks for itself, on a page of ours."""

# Parts of what programs call themselves, in small letters. Previews of messengers are programs too.
PROGRAMS = (
    "bot", "crawl", "spider", "slurp", "facebookexternalhit", "whatsapp/", "telegram", "preview", "headless", "lighthouse",
    "pagespeed", "phantom", "scrapy", "curl/", "wget/", "python", "java/", "okhttp", "go-http", "axios", "node-fetch",
    "monitor", "uptime", "feedfetcher", "archive", "validator", "http-client",
)  # fmt: skip
PHONES = ("cubot",)  # what only sounds like one
AHEAD = ("prefetch", "prerender", "preview")  # fetched before anybody wanted to read it


def is_reader(agent: str, *, purpose: str = "", site: str = "") -> bool:
    """Whether somebody reads there: `purpose` is what the browser fetches for, `site` from where (Sec-Fetch-Site)."""
    called = agent.lower()
    for phone in PHONES:
        called = called.replace(phone, "")
    is_program = not called.strip() or any(word in called for word in PROGRAMS)
    is_ahead = any(word in purpose.lower() for word in AHEAD)
    return not (is_program or is_ahead or site == "cross-site")
