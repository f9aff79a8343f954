"""`practice`, `demo`, and the start without a command."""

from __future__ import annotations

from dataclasses import replace

from coach.alignment.tracked_position import FollowMode
from coach.app.options import PracticeOptions
from coach.app.practising.drawn_lead import DrawnLead
from coach.app.practising.practising import Practising
from coach.app.preferred import open_preferences, preferred, settings_of
from coach.app.sources import open_demo_source, open_source, say_what_along_means
from coach.app.studio.studio_run import StudioRun
from coach.clock import SystemClock

NO_CAMERA = "none"


def run_practice(options: PracticeOptions) -> int:
    """Practise a reference in front of a camera, or of a file in its place."""
    store = open_preferences(options)
    options = preferred(options, store.current)
    settings = settings_of(options, store.current)
    say_what_along_means(options)
    open_frames = lambda clock: open_source(options.live, settings.devices, clock)  # noqa: E731
    return Practising(options, settings, store, open_frames).run()


def run_demo(options: PracticeOptions) -> int:
    """Coach the drawn dancer in the built-in routine."""
    store = open_preferences(options)
    options = preferred(options, store.current)
    # No camera, so nobody has to walk into place: neither the option's default nor the one that was missing.
    options = replace(options, mode=options.mode or FollowMode.ALONG, live=replace(options.live, camera=NO_CAMERA))
    settings = settings_of(options, store.current)
    lead = DrawnLead()
    open_frames = lambda clock: open_demo_source(options, clock, lead)  # noqa: E731
    return Practising(options, settings, store, open_frames, lead.show).run()


def run_start(options: PracticeOptions) -> int:
    """Open the studio; with options that only a practice can heed, practise the first dance."""
    if options.live.headless or options.live.fast or options.section is not None:
        return run_practice(options)
    return StudioRun(options, open_preferences(options), SystemClock()).run()
