"""What can keep two clips from being compared."""

from __future__ import annotations

from coach.errors import CoachError


class NothingInCommonError(CoachError):
    """The clips share too little of the dance."""

    def __init__(self, common_s: float) -> None:
        self.common_s = common_s
        super().__init__(
            f"The two clips have only {max(common_s, 0.0):.1f} s of dancing in common. "
            "Choose clips of the same part of the same dance"
        )
