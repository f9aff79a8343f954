"""Proportions of the dancer's body, in metres: data, and two ways to vary them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from coach.errors import SettingsError


@dataclass(frozen=True)
class Body:
    """Lengths between joint centres, in metres (an adult of about 1.70 m).

    Attributes
    ----------
    hip_half, shoulder_half : float
        Half the distance between the hip joints, the shoulder joints.
    torso : float
        From the middle of the hips to the middle of the shoulders.
    neck : float
        From the middle of the shoulders to the centre of the head (between the ears).
    upper_arm, forearm, hand : float
        ``hand`` is from the wrist to the knuckle of the index finger.
    thigh, shin, ankle_height : float
    heel_back, toe_forward : float
        From the ankle along the floor to the heel and to the tip of the foot.
    head_size : float
        Scale of the face, 1 = half a head width of 0.075 m.
    """

    hip_half: float = 0.10
    shoulder_half: float = 0.175
    torso: float = 0.49
    neck: float = 0.20
    upper_arm: float = 0.28
    forearm: float = 0.25
    hand: float = 0.095
    thigh: float = 0.42
    shin: float = 0.40
    ankle_height: float = 0.085
    heel_back: float = 0.05
    toe_forward: float = 0.15
    head_size: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not value > 0:
                raise SettingsError(field.name, value, "a length above 0")

    @property
    def leg(self) -> float:
        """Hip joint to ankle with a straight knee."""
        return self.thigh + self.shin

    @property
    def step_scale(self) -> float:
        """Steps of this body against those of the body for which the routine was written."""
        return self.leg / AVERAGE_BODY.leg

    def scaled(self, factor: float) -> Body:
        """The same proportions, larger or smaller."""
        lengths = {field.name: getattr(self, field.name) * factor for field in fields(self)}
        return Body(**lengths)

    def varied(self, arms: float = 1.0, legs: float = 1.0, breadth: float = 1.0) -> Body:
        """Other proportions: longer arms, longer legs, broader shoulders and hips."""
        return replace(
            self,
            upper_arm=self.upper_arm * arms,
            forearm=self.forearm * arms,
            thigh=self.thigh * legs,
            shin=self.shin * legs,
            hip_half=self.hip_half * breadth,
            shoulder_half=self.shoulder_half * breadth,
        )


AVERAGE_BODY = Body()
"""The body for which the routine was written."""
