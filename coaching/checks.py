"""System checks: what is missing or unwise in this installation, each with a hint."""
