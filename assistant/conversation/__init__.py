"""A question in its conversation becomes one that stands alone."""

from assistant.conversation.standing import stand_alone
from assistant.conversation.turns import StandAlone, Turn

__all__ = ["StandAlone", "Turn", "stand_alone"]
