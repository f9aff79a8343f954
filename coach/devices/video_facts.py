"""What is known of a video file, before and after it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VideoFacts:
    """What the file says of itself.

    Attributes
    ----------
    duration_s : float or None
        Length of the picture track, None if the file does not say.
    fps : float
        Average frame rate (for people and for estimates; times come from time stamps).
    size_px : tuple of int
        Width and height of the upright picture.
    frame_count : int or None
        Announced or estimated number of pictures.
    has_audio : bool
    video_start_s, audio_start_s : float or None
        Time stamps of the first picture and the first sound on the file's common clock.
    rotation_deg : int
        Counterclockwise turn that makes the stored picture upright.
    """

    duration_s: float | None
    fps: float
    size_px: tuple[int, int]
    frame_count: int | None
    has_audio: bool
    video_start_s: float
    audio_start_s: float | None
    rotation_deg: int


@dataclass(frozen=True)
class VideoHealth:
    """How a video file was read, for the quality summary.

    Attributes
    ----------
    decoded : int
        Pictures given so far.
    duration_s : float
        Time of the last of them.
    announced : int or None
        Pictures that the file announces.
    announced_s : float or None
        Length that the file announces.
    damaged_packets : int
        Pieces that could not be read.
    skipped_stamps : int
        Pictures left out since their time was not after the picture before.
    truncated : bool
        The end was reached too early: something is missing.
    """

    decoded: int
    duration_s: float
    announced: int | None
    announced_s: float | None
    damaged_packets: int
    skipped_stamps: int
    truncated: bool
