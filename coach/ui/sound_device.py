"""Opening the sound device, quietly, and what it is called."""

from __future__ import annotations

import importlib
from typing import Final

import pygame

from coach.settings.ui import SoundSettings
from coach.ui.quiet import quiet_stderr

RESERVED_COUNT: Final = 4
"""The first channels of the mixer have one task each; no sound takes them by chance."""
_CHANNELS_COUNT: Final = 8
_SAMPLE_BITS: Final = -16
_NAMELESS_OUTPUT: Final = "sound output"


def open_mixer(settings: SoundSettings) -> str | None:
    """Open it; why nothing can be heard, in a sentence, or None."""
    try:
        with quiet_stderr():
            pygame.mixer.init(settings.rate_hz, _SAMPLE_BITS, 1, settings.buffer_samples_count, allowedchanges=0)
    except pygame.error:
        return "No sound device answers: the music and the voice stay silent, read the captions"
    pygame.mixer.set_num_channels(_CHANNELS_COUNT)
    pygame.mixer.set_reserved(RESERVED_COUNT)
    return None


def output_names() -> str:
    """SDL does not say which of them is in use, so all that are there name the pair."""
    try:
        names = importlib.import_module("pygame._sdl2.audio").get_audio_device_names(False)
    except (ImportError, AttributeError, pygame.error):
        names = []
    return ", ".join(sorted(str(name) for name in names)) or _NAMELESS_OUTPUT
