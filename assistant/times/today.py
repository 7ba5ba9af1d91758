"""Which day it is for the readers of an archive."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in(zone: str, moment: datetime) -> date:
    """The day that a moment falls on in a time zone: late in Paris it is still noon in Montreal."""
    return moment.astimezone(ZoneInfo(zone)).date()
