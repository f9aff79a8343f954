"""Every tunable number of cameras, video and sound files, threads and the voice."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from coach.errors import SettingsError
from coach.settings.checks import require_between

PROCESS_ENVIRONMENT = MappingProxyType(
    {
        "OPENBLAS_NUM_THREADS": "1",  # two threads make small products a hundred times slower
        "OPENCV_LOG_LEVEL": "OFF",
        "OPENCV_FFMPEG_LOGLEVEL": "-8",
        "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",  # else some cameras take 20 s to open on Windows
        "PYGAME_HIDE_SUPPORT_PROMPT": "1",
    }
)
"""Environment that libraries read while they are imported: the command line sets what the user has not, before
anything else is imported."""


@dataclass(frozen=True)
class WorkerSettings:
    """Threads of our own.

    Attributes
    ----------
    stop_timeout_s : float
        How long a thread may take to stop before it is left behind.
    """

    stop_timeout_s: float = 2.0

    def __post_init__(self) -> None:
        require_between("stop_timeout_s", self.stop_timeout_s, 0.0, 60.0)


@dataclass(frozen=True)
class CameraSettings:
    """A webcam.

    Attributes
    ----------
    width_px, height_px, rate_fps
        What the camera is asked for; what it gives is read back.
    pixel_format : str
        Four letters. MJPG is asked for first: at 1280x720 most USB cameras manage only 5-10 pictures a second raw.
    open_timeout_s : float
        Some cameras need 20 s on Windows.
    first_picture_timeout_s : float
        An open camera without a picture for so long belongs to another program.
    stall_timeout_s : float
        No picture for so long is a failure (the banner is due within a second).
    frozen_after_frames : int
        So many identical pictures in a row and the camera is called frozen; a real sensor always has some noise.
    frozen_timeout_s : float
        A picture frozen for so long is a failure.
    compare_step_px : int
        Distance of the picture elements that are compared to find a frozen picture.
    retry_wait_s : float
        Pause after a read that gave nothing, so that a dead camera does not keep a core busy.
    reopen_interval_s : float
        Pause between two attempts to open a lost camera again.
    close_timeout_s : float
        How long closing waits for a blocked camera before it is left behind.
    """

    width_px: int = 1280
    height_px: int = 720
    rate_fps: float = 30.0
    pixel_format: str = "MJPG"
    open_timeout_s: float = 25.0
    first_picture_timeout_s: float = 5.0
    stall_timeout_s: float = 1.0
    frozen_after_frames: int = 10
    frozen_timeout_s: float = 3.0
    compare_step_px: int = 16
    retry_wait_s: float = 0.005
    reopen_interval_s: float = 1.0
    close_timeout_s: float = 1.0

    def __post_init__(self) -> None:
        require_between("width_px", self.width_px, 16, 16384)
        require_between("height_px", self.height_px, 16, 16384)
        require_between("rate_fps", self.rate_fps, 1.0, 1000.0)
        if len(self.pixel_format) != 4 or not self.pixel_format.isascii():
            raise SettingsError("pixel_format", self.pixel_format, "four ASCII letters, such as MJPG")
        require_between("frozen_after_frames", self.frozen_after_frames, 2, 1000)
        require_between("compare_step_px", self.compare_step_px, 1, 256)
        for name in ("open", "first_picture", "stall", "frozen", "close"):
            require_between(f"{name}_timeout_s", getattr(self, f"{name}_timeout_s"), 0.01, 600.0)
        require_between("reopen_interval_s", self.reopen_interval_s, 0.01, 600.0)
        require_between("retry_wait_s", self.retry_wait_s, 0.0005, 1.0)


@dataclass(frozen=True)
class VideoFileSettings:
    """A video file.

    Attributes
    ----------
    decoder_threads : int
        Threads of the decoder; 0 leaves it to the library (one for each core).
    close_timeout_s : float
        How long closing waits for a picture that is being decoded in another thread.
    missing_share : float
        A file that lacks more than this share of what it announces is called truncated.
    missing_s : float
        A file that ends earlier than announced by less than this is not called truncated.
    damaged_packets_limit : int
        So many unreadable packets in a row end the file.
    unknown_rate_fps : float
        Frame rate to assume where a file does not say; times never depend on it but in files without time stamps.
    """

    decoder_threads: int = 2
    close_timeout_s: float = 1.0
    missing_share: float = 0.02
    missing_s: float = 0.5
    damaged_packets_limit: int = 300
    unknown_rate_fps: float = 30.0

    def __post_init__(self) -> None:
        require_between("decoder_threads", self.decoder_threads, 0, 64)
        require_between("close_timeout_s", self.close_timeout_s, 0.0, 60.0)
        require_between("missing_share", self.missing_share, 0.0, 1.0)
        require_between("missing_s", self.missing_s, 0.0, 60.0)
        require_between("damaged_packets_limit", self.damaged_packets_limit, 1, 100000)
        require_between("unknown_rate_fps", self.unknown_rate_fps, 1.0, 1000.0)


@dataclass(frozen=True)
class PacingSettings:
    """A file that stands in for a camera.

    Attributes
    ----------
    slice_s : float
        Longest single wait, so that closing is noticed during a long one.
    late_s : float
        A picture later than this counts as late.
    drops_in_a_row_limit : int
        Where late pictures are dropped: never more than this many in a row, or a slow machine would see none.
    """

    slice_s: float = 0.05
    late_s: float = 0.1
    drops_in_a_row_limit: int = 10

    def __post_init__(self) -> None:
        require_between("slice_s", self.slice_s, 0.001, 1.0)
        require_between("late_s", self.late_s, 0.0, 60.0)
        require_between("drops_in_a_row_limit", self.drops_in_a_row_limit, 0, 1000)


@dataclass(frozen=True)
class SoundSettings:
    """Sound of a video or music file.

    Attributes
    ----------
    rate_hz : int
        Rate of the stored sound: enough for music to practise with, half the bytes of 44100.
    gap_s : float
        A hole in the sound longer than this is filled with silence, a shorter one is rounding.
    tempo_min, tempo_max : float
        Range of the pitch-keeping change of tempo (1 is as recorded).
    """

    rate_hz: int = 22050
    gap_s: float = 0.05
    tempo_min: float = 0.25
    tempo_max: float = 4.0

    def __post_init__(self) -> None:
        require_between("rate_hz", self.rate_hz, 8000, 192000)
        require_between("gap_s", self.gap_s, 0.001, 10.0)
        require_between("tempo_min", self.tempo_min, 0.1, 1.0)
        require_between("tempo_max", self.tempo_max, 1.0, 10.0)


@dataclass(frozen=True)
class VoiceSettings:
    """The spoken voice.

    Attributes
    ----------
    words_per_minute : int
        Speed of speech.
    voice_name : str
        Part of the name of the wanted voice; empty takes an English one.
    start_timeout_s : float
        How long the speech process may take until it has a voice.
    text_timeout_s : float
        Deadline of one text; after it the process is killed and started again.
    hangs_limit : int
        A speech engine that hung or crashed more often than this while speaking is not used any more.
    tries_for_text : int
        A text that failed so often is not tried again.
    stop_timeout_s : float
        How long stopping waits before the process is killed.
    text_length_limit : int
        Longer texts are cut: cues are short.
    cache_files_limit : int
        Of more sound files than this the oldest are deleted at the start.
    """

    words_per_minute: int = 175
    voice_name: str = ""
    start_timeout_s: float = 15.0
    text_timeout_s: float = 3.0
    hangs_limit: int = 2
    tries_for_text: int = 2
    stop_timeout_s: float = 1.0
    text_length_limit: int = 200
    cache_files_limit: int = 1000

    def __post_init__(self) -> None:
        require_between("words_per_minute", self.words_per_minute, 60, 500)
        require_between("start_timeout_s", self.start_timeout_s, 0.05, 120.0)
        require_between("text_timeout_s", self.text_timeout_s, 0.05, 60.0)
        require_between("hangs_limit", self.hangs_limit, 0, 20)
        require_between("tries_for_text", self.tries_for_text, 1, 20)
        require_between("stop_timeout_s", self.stop_timeout_s, 0.0, 60.0)
        require_between("text_length_limit", self.text_length_limit, 1, 10000)
        require_between("cache_files_limit", self.cache_files_limit, 1, 1_000_000)


@dataclass(frozen=True)
class DeviceSettings:
    """All of the above together."""

    worker: WorkerSettings = WorkerSettings()
    camera: CameraSettings = CameraSettings()
    video_file: VideoFileSettings = VideoFileSettings()
    pacing: PacingSettings = PacingSettings()
    sound: SoundSettings = SoundSettings()
    voice: VoiceSettings = VoiceSettings()
