"""The letter as mail: text, HTML from MJML, and one picture of shapes a client, by content id."""

import base64
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from mjml import mjml2html
from resvg_py import svg_to_bytes

from coaching.charts import sparkline
from coaching.letters.words import Block, Letter
from coaching.sparks import in_words

PICTURE = (160, 32)
SHARPNESS = 2  # for screens with small pixels


@dataclass(frozen=True, kw_only=True)
class Mail:
    subject: str
    text: str
    html: str
    images: dict[str, str]  # content id → PNG, base64


def render(letter: Letter, *, unsubscribe_url: str) -> Mail:
    images = {f"strength-{b.pk}": _picture(b) for b in letter.blocks if _can_be_drawn(b)}
    context: dict[str, Any] = {
        **asdict(letter),
        "blocks": [
            {
                **asdict(block),
                "url": _absolute(reverse("client", args=[block.pk])),
                "picture": f"strength-{block.pk}" if f"strength-{block.pk}" in images else "",
                "caption": in_words("Strength", block.strength),
            }
            for block in letter.blocks
        ],
        "board_url": _absolute(reverse("board")),
        "settings_url": _absolute(reverse("digests")),
        "unsubscribe_url": unsubscribe_url,
        "picture_width": PICTURE[0],
    }
    html: str = mjml2html(render_to_string("emails/digest.mjml", context))
    return Mail(
        subject=letter.subject, text=render_to_string("emails/digest.txt", context), html=html, images=images
    )


def _can_be_drawn(block: Block) -> bool:
    return sum(v is not None for v in block.strength) >= 2


def _picture(block: Block) -> str:
    svg = sparkline(block.strength, width=PICTURE[0], height=PICTURE[1], standalone=True)
    png = svg_to_bytes(svg_string=svg, zoom=SHARPNESS, skip_system_fonts=True)  # the mail's own ground
    return base64.b64encode(bytes(png)).decode()


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
