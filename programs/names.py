"""How people and apps write the names of exercises, brought to one form. Pure."""

import re
import unicodedata
from functools import lru_cache

_WORDS = re.compile(r"[a-z0-9]+")
# Shorthand and spellings, applied to the whole name in this order.
_SPELLINGS = tuple(
    (re.compile(rf"\b{pattern}\b"), said)
    for pattern, said in (
        ("bb", "barbell"), ("db", "dumbbell"), ("dbs", "dumbbell"), ("kb", "kettlebell"), ("bw", "bodyweight"),
        ("ohp", "overhead press"), ("rdl", "romanian deadlift"), ("sldl", "stiff leg deadlift"),
        ("cgbp", "close grip bench press"), ("bss", "bulgarian split squat"), ("smith machine", "smith"),
        ("(one|1) arm(ed)?", "single arm"), ("(one|1) leg(ged)?", "single leg"), ("single armed", "single arm"),
        ("(single|stiff|straight|bent) legged", r"\1 leg"), ("(push|pull|chin|sit|step|muscle) ?ups?", r"\1up"),
        ("(push|pull|press) ?downs?", r"\1down"), ("dead ?lifts?", "deadlift"), ("pull ?overs?", "pullover"),
        ("(kick) ?backs?", r"\1back"), ("fl(ye|yes|ies|ys)", "fly"), ("calves", "calf"), ("ez ?bar", "ez bar"),
        ("t ?bar", "tbar"), ("lat(s|issimus)?", "lat"), ("delts?|deltoids?", "delt"), ("bicycles", "bicycle"),
        ("abs", "ab"), ("pull ?aparts?", "pullapart"),
        # Brands and other languages' words for a kind of equipment.
        ("(plate loaded|hammer strength|iso ?lateral|lever|maquina)", "machine"), ("hantel|halter(es)?", "dumbbell"),
        ("barra", "barbell"), ("cabo", "cable"),
    )
)  # fmt: skip
_EMPTY = frozenset({"a", "an", "and", "the", "with", "on", "of", "for", "using", "weighted"})


_JOINERS = "\u200c\u200d"  # between letters they are spelling, between pictures they make one


_JOINERS = "\u200c\u200d"  # between letters they are spelling, between pictures they make one


def tidy(name: str) -> str:
    """As it is kept: one space between words, none around, nothing that cannot be printed."""
    text = unicodedata.normalize("NFC", name)
    printable = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(word for part in printable.split() if (word := part.strip(_JOINERS)))


@lru_cache(maxsize=16_384)
def words(name: str) -> frozenset[str]:
    """The words of a name in any order and number: `Bench Press (Barbell)` and `BB bench presses` are the same."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("'", "").replace("’", ""))
    text = " ".join(_WORDS.findall("".join(c for c in plain if not unicodedata.combining(c))))
    for pattern, said in _SPELLINGS:
        text = pattern.sub(said, text)
    return frozenset(_singular(word) for word in text.split() if word not in _EMPTY)


def _singular(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
