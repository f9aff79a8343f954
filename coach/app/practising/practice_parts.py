"""Everything that one practice is made of, put together from what the dancer chose."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.alignment.tracked_position import FollowMode
from coach.app.options import PracticeOptions
from coach.app.practising.coach import Coach
from coach.app.practising.companions import Companions
from coach.app.practising.companions_for import companions_for
from coach.app.practising.controls import Controls
from coach.app.practising.plan_driver import PlanDriver
from coach.app.practising.practice_request import PracticeRequest
from coach.app.practising.practice_view import PracticeViewer
from coach.app.practising.switches import Switches
from coach.app.sound.music_player import MusicPlayer
from coach.app.sound.speaker import Speaker
from coach.app.studio.camera_line import CameraLine
from coach.app.studio.studio_context import StudioContext
from coach.app.studio.studio_parts import Around
from coach.app.wall_clock import now_utc
from coach.judging.cue_texts import CueTexts
from coach.practice.flash_cards import FlashCard, flash_cards
from coach.practice.phrase_map import PhraseMap
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.session.motion import Span
from coach.session.transport import Transport
from coach.settings.app import AppSettings
from coach.storage.library import resolve
from coach.storage.session_log import SessionLog
from coach.ui.look import Look

MS = 1000.0


@dataclass(frozen=True)
class PracticeWorld:
    """What a practice finds there and leaves behind.

    Attributes
    ----------
    around : Around
    visible : bool
        Whether anybody sees a window.
    walks_in : bool
        A person has to get into place first: framing guide, count-ins and gestures.
    recorded : bool
        Whether there will be a result, or a line in the history.
    home_waits : bool
        Whether the practice was opened from the studio's home.
    """

    around: Around
    visible: bool
    walks_in: bool
    recorded: bool
    home_waits: bool = False

    @property
    def line(self) -> CameraLine:
        """The pictures."""
        return self.around.line

    @property
    def context(self) -> StudioContext:
        """What outlives the practice."""
        return self.around.context

    @property
    def speaker(self) -> Speaker | None:
        """The voice; None where nothing is to be said."""
        return self.around.speaker


@dataclass
class Practice:
    """One practice of one reference."""

    request: PracticeRequest
    options: PracticeOptions
    settings: AppSettings
    world: PracticeWorld
    choreography: Choreography
    mode: FollowMode
    texts: CueTexts
    session: CoachingSession
    transport: Transport
    log: SessionLog
    companions: Companions
    coach: Coach
    controls: Controls
    plan: PlanDriver
    viewer: PracticeViewer
    music: MusicPlayer | None
    cards: tuple[FlashCard, ...]
    name: str
    """Of the reference, in the library."""
    started_utc: str = ""

    def begin(self) -> None:
        """It is shown from now on."""
        self.started_utc = now_utc()

    def skip_guide(self) -> None:
        """The dancer does not want to be shown where to stand."""
        self.world.line.questions.command(self.coach.skip_guide)

    @property
    def look(self) -> Look:
        """Theme and the like as chosen, in the language of the practice."""
        return replace(Look.of(self.world.context.preferences.current), language=self.options.language)

    @property
    def span_s(self) -> Span | None:
        """The practised stretch, if it is not the whole."""
        return self.request.span_s


def make_practice(
    choreography: Choreography,
    request: PracticeRequest,
    options: PracticeOptions,
    settings: AppSettings,
    world: PracticeWorld,
    log: SessionLog,
) -> Practice:
    """Put a practice together; takes a moment, best in the background.

    Parameters
    ----------
    choreography : Choreography
    request : PracticeRequest
        Stretch and speed; it wins over ``options``.
    options : PracticeOptions
    settings : AppSettings
    world : PracticeWorld
    log : SessionLog
        Open; closed with the scene.
    """
    live, reference = options.live, choreography.reference
    mode = options.mode or _mode(options, world, choreography)
    texts = CueTexts(options.language)
    latency_ms = world.context.latency_ms() if world.walks_in else 0.0
    # What the latency check found is taken off the music's place already: nothing more is to be explained away.
    left_over_ms = 0.0 if latency_ms else None
    session = CoachingSession(
        choreography,
        settings.coach,
        SessionOptions(mode, options.mirror, request.span_s, options.language, known_delay_ms=left_over_ms),
    )
    start_s, end_s = request.span_s or (0.0, reference.duration_s)
    transport = Transport(start_s, end_s, request.tempo_percent / 100.0)
    music = _music(choreography, transport, mode, options, world)
    phrases = PhraseMap.of_reference(reference, settings.coach.cues, settings.tools.phrases)
    companions = companions_for(
        choreography,
        phrases,
        settings,
        world.context,
        walks_in=world.walks_in,
        visible=world.visible,
        recorded=world.recorded,
    )

    def count_in_s() -> float:
        if not world.walks_in:
            return 0.0
        return music.count_in_s / transport.tempo if music and music.count_in_s else settings.practice.count_in_s

    coach = Coach(
        session,
        transport,
        log,
        world.context.clock,
        film_time=live.fast,
        every_frame=live.fast,
        countdown_s=max(count_in_s(), settings.practice.countdown_s) if world.walks_in else 0.0,
        duration_s=live.duration_s,
        voice=live.voice,
        along=mode is FollowMode.ALONG,
        latency_s=latency_ms / MS,
        companions=companions,
    )
    controls = Controls(
        world.line.questions,
        coach,
        session,
        transport,
        reference,
        settings.practice,
        count_in_s,
        lead_in_s=music.count_in_s if music is not None and world.walks_in else 0.0,
    )
    plan = PlanDriver(controls, companions.recorder, settings.tools.plan)
    coach.rounds.on_end = plan.round_ended
    controls.on_own_way = plan.stop
    if request.plan is not None:
        plan.begin(request.plan)
    elif request.loop:
        controls.set_loop((start_s, end_s))
    switches = Switches(world.context.preferences)
    return Practice(
        request=request,
        options=options,
        settings=settings,
        world=world,
        choreography=choreography,
        mode=mode,
        texts=texts,
        session=session,
        transport=transport,
        log=log,
        companions=companions,
        coach=coach,
        controls=controls,
        plan=plan,
        viewer=PracticeViewer(choreography, transport, mode, request.span_s, settings.ui, switches, options.language),
        music=music,
        cards=flash_cards(reference, phrases, settings.tools.cards) if world.visible else (),
        name=resolve(request.reference).stem,
    )


def _mode(options: PracticeOptions, world: PracticeWorld, choreography: Choreography) -> FollowMode:
    """A film that stands in for a camera has its own time: music beside it would lead nobody."""
    along = world.walks_in and choreography.reference.audio is not None and options.live.music
    return FollowMode.ALONG if along else FollowMode.FOLLOW


def _music(
    choreography: Choreography, transport: Transport, mode: FollowMode, options: PracticeOptions, world: PracticeWorld
) -> MusicPlayer | None:
    live, reference, chosen = options.live, choreography.reference, world.context.preferences.current
    if not live.music or live.fast or mode is not FollowMode.ALONG:
        return None
    return MusicPlayer(
        world.context.sound,
        reference.audio,
        transport,
        world.context.clock,
        beats_s=reference.beats_s.tolist() if chosen.clicks else (),
        metronome_on=chosen.metronome,
        count_in_on=world.context.preferences.current.clicks,
    )
