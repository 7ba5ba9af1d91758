"""The widget for portals: one script tag that opens the compact page in a frame."""

from pathlib import Path

EMBED = Path(__file__).parent / "files"
