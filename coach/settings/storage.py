"""Limits and intervals of everything that is kept on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.errors import SettingsError
from coach.settings.checks import require_all_positive, require_between

MIB: Final = 1024 * 1024


@dataclass(frozen=True)
class ReferenceFileSettings:
    """How references are stored, and the most that a file may ask of the computer that reads it."""

    chunk_s: float = 1.0
    gzip_level: int = 6
    max_file_bytes: int = 1024 * MIB
    max_content_bytes: int = 1024 * MIB
    max_chunk_bytes: int = 8 * MIB
    max_frame_count: int = 120_000
    max_duration_s: float = 3600.0
    max_fps: float = 1000.0
    max_frame_side_px: int = 16_384
    max_audio_rate_hz: int = 192_000
    max_text_bytes: int = 4096
    max_section_name_bytes: int = 256
    max_section_count: int = 1000
    max_moment_count: int = 100_000
    max_take_count: int = 50
    max_take_depth: int = 2
    max_landmark: float = 1000.0
    vetting_timeout_s: float = 30.0
    vetting_memory_bytes: int = 6 * 1024 * MIB
    """Address space (not memory in use) of the process that tries out a file of unknown origin."""
    time_slack_s: float = 1e-3
    """Largest departure between two ways of telling the same time in one file."""
    tail_s: float = 30.0
    """How far sections and moments may reach beyond the last frame (music that rings on)."""

    def __post_init__(self) -> None:
        require_all_positive(self)
        if self.gzip_level > 9:
            raise SettingsError("gzip_level", self.gzip_level, "1 to 9")


@dataclass(frozen=True)
class JournalSettings:
    """The file that grows while a teacher records."""

    sync_interval_s: float = 1.0
    """A power cut costs at most about this much; the end of the program alone costs nothing."""
    stop_timeout_s: float = 5.0
    warn_free_bytes: int = 500 * MIB
    stop_free_bytes: int = 50 * MIB
    max_record_bytes: int = 4 * MIB
    audio_block_s: float = 1.0

    def __post_init__(self) -> None:
        require_all_positive(self)
        if self.stop_free_bytes > self.warn_free_bytes:
            raise SettingsError("stop_free_bytes", self.stop_free_bytes, f"at most {self.warn_free_bytes}")


@dataclass(frozen=True)
class LogSettings:
    """The session log: how often it reaches the disk, and how many decimals a number keeps."""

    flush_interval_s: float = 1.0
    buffer_bytes: int = MIB
    """More than is logged between two flushes, so that only whole lines reach the disk."""
    max_files: int = 9999
    """Highest number that a further practice's file may get."""
    time_decimals: int = 3
    angle_decimals: int = 1
    ratio_decimals: int = 3
    energy_decimals: int = 3
    tolerance_decimals: int = 1
    score_decimals: int = 1
    latency_decimals: int = 2
    timing_decimals: int = 1

    def __post_init__(self) -> None:
        require_all_positive(self)


@dataclass(frozen=True)
class LibraryListSettings:
    """Finding references by name."""

    max_name_length: int = 60
    max_suggestions: int = 3
    max_names_in_advice: int = 8
    name_similarity: float = 0.6
    hard_to_judge_share: float = 0.8
    """A joint that is seen in less of a reference than this is marked when the reference is shown."""

    def __post_init__(self) -> None:
        require_all_positive(self)
        if self.name_similarity > 1:
            raise SettingsError("name_similarity", self.name_similarity, "at most 1")


@dataclass(frozen=True)
class JsonFileSettings:
    """Small files of choices and measurements."""

    max_file_bytes: int = MIB
    max_broken_copies: int = 99
    close_timeout_s: float = 3.0
    """How long the end of the program waits for the last choices to be saved."""

    def __post_init__(self) -> None:
        require_all_positive(self)


@dataclass(frozen=True)
class HistorySettings:
    """What was practised, and when a run counts as one of the whole dance."""

    busy_timeout_s: float = 0.1
    """How long another program that writes is waited for; what could not be written is tried again later."""
    close_timeout_s: float = 3.0
    max_broken_copies: int = 99
    max_waiting_runs: int = 200
    """Runs that could not be written yet are kept in memory, the newest of them."""
    whole_share: float = 0.8
    """Share of the phrases that were danced, from which on a run without a section counts as whole."""

    def __post_init__(self) -> None:
        require_all_positive(self)
        require_between("whole_share", self.whole_share, 0, 1)


@dataclass(frozen=True)
class DoctorSettings:
    """The self-test."""

    probe_timeout_s: float = 30.0
    frame_timeout_s: float = 5.0
    voice_timeout_s: float = 10.0
    warn_free_bytes: int = 500 * MIB
    stop_free_bytes: int = 50 * MIB
    shown_latencies: int = 3

    def __post_init__(self) -> None:
        require_all_positive(self)
