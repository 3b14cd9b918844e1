"""The status of a form that was read and cannot be taken; HTMX swaps it like a page."""

UNPROCESSABLE = 422
