"""What a browser says it is, in the words that a person has for it. Pure."""

# Browsers and systems name each other for old times' sake: the first that fits is meant.
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android phone"), ("Windows", "Windows computer"),
    ("Macintosh", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux computer"),
)  # fmt: skip
BROWSERS = (
    ("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """`iPhone, Safari`; “another device” where it says nothing that is known."""
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    browser = next((words for mark, words in BROWSERS if mark in user_agent), "")
    return ", ".join(filter(None, (system, browser))) or "another device"
