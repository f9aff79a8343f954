"""The screens in English."""

from __future__ import annotations

from typing import Final

from coach.alignment.tracked_position import TrackState
from coach.judging.verdicts import EnergyVerdict
from coach.ui.commands import Command
from coach.ui.words import ScreenWords

ENGLISH: Final = ScreenWords(
    code="en",
    states={
        TrackState.SEARCHING: "Looking for you",
        TrackState.FOLLOWING: "Following",
        TrackState.LOST: "Lost you",
        TrackState.FINISHED: "Finished",
    },
    lines={
        TrackState.SEARCHING: "Looking for you",
        TrackState.FOLLOWING: "",
        TrackState.LOST: "I lost you - start anywhere",
        TrackState.FINISHED: "Finished",
    },
    energy_verdicts={
        EnergyVerdict.GOOD: "Good",
        EnergyVerdict.LOW: "Bigger",
        EnergyVerdict.HIGH: "Softer",
        EnergyVerdict.UNSEEN: "",
    },
    help={
        Command.PAUSE: "Pause, go on",
        Command.RESTART: "Start again",
        Command.SKIP_BACK: "Back one section",
        Command.SKIP_FORWARD: "On to the next section",
        Command.TEMPO_DOWN: "Slower",
        Command.TEMPO_UP: "Faster",
        Command.TEACHER_VIEW: "Teacher over you, beside you, off",
        Command.MIRROR: "Mirror on, off",
        Command.VOICE: "Voice on, off",
        Command.FULLSCREEN: "Full screen",
        Command.HELP: "This help",
        Command.QUIT: "Quit",
    },
    keys={},
    score_parts={"angles": "Shape", "timing": "Timing", "trajectory": "Path", "extension": "Reach"},
    get_ready="Get ready",
    paused="Paused",
    unsure="Unsure",
    score="Score",
    timing="Timing",
    energy="Energy",
    teacher="teacher",
    on_time="On time",
    early="Early",
    late="Late",
    too_early="Too early",
    too_late="Too late",
    seen="{share} seen",
    judged="{share} judged",
    pictures_rate="{rate} pictures/s",
    draws_rate="{rate} draws/s",
    overlay_age="overlay {age} ms old",
    dropped="{count} dropped",
    voice_off="voice off",
    help_title="Keys",
    help_close="closes this",
    short_keys="keys",
    short_pause="pause",
    short_quit="quit",
    new_reference="New reference",
    further_take="Further take",
    recording="Recording",
    not_recording="Not recording yet",
    music="Music",
    disk="Free space",
    ready_to_record="Ready: press {key} to start",
    well_seen="I can see you well",
    none="none",
    start_stop="start, stop",
    mirror="mirror",
    give_up="give up",
)
