"""What the loudspeaker is given: the music as the transport will play it from one instant on, as samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.app.sound.metronome import Metronome, within_pcm
from coach.pose.pose_frame import FloatArray
from coach.session.motion import Loop, Motion
from coach.settings.music import MusicSettings
from coach.ui.music_channel import Pcm


@dataclass(frozen=True)
class Song:
    """The music at one speed, at the sample rate of the device.

    Attributes
    ----------
    pcm : ndarray [shape=(N,)], int16
        Empty where there is no music: only clicks are heard then.
    tempo : float
        Music seconds per second.
    """

    pcm: Pcm
    tempo: float
    rate_hz: int

    def index(self, place_s: float) -> int:
        """Sample of a place in the music."""
        return round(place_s / self.tempo * self.rate_hz)

    def part(self, start: int, length: int, silence: int = 0) -> Pcm:
        """``length`` samples from ``start`` on, after so many of ``silence``; silent before and after the music, too.

        Made in one go: a whole dance is copied once and nothing more, since all of it happens between two pictures.
        """
        samples: Pcm = np.zeros(silence + max(0, length), np.int16)
        low, high = max(0, start), min(len(self.pcm), start + length)
        if low < high:
            samples[silence + low - start : silence + high - start] = self.pcm[low:high]
        return samples


@dataclass(frozen=True)
class Programme:
    """Samples to be played from now on.

    Attributes
    ----------
    repeat : bool
        Again and again from its beginning, without a gap; otherwise once.
    """

    pcm: Pcm
    repeat: bool


class Programmer:
    """Lays out programmes for one dance.

    Parameters
    ----------
    metronome : Metronome
    settings : MusicSettings
    count_in_on : bool
        Whether silences before the music are counted.
    """

    def __init__(self, metronome: Metronome, settings: MusicSettings, *, count_in_on: bool = True) -> None:
        self._metronome, self._settings, self._count_in_on = metronome, settings, count_in_on

    def programme(self, song: Song, motion: Motion, now_s: float, end_s: float, *, clicks: bool) -> Programme:
        """What is to be heard from ``now_s`` on.

        A loop that the music is already in becomes one round, turned so that it begins at the present place: repeated
        by the mixer itself it has no seam that could slip. Before its first round it is laid out in a row.

        Parameters
        ----------
        song : Song
        motion : Motion
            Running.
        now_s : float
            On the clock of ``motion``.
        end_s : float
            Where the practised span ends.
        clicks : bool
            Click on every beat, not only in count-ins.
        """
        assert motion.origin_s is not None
        wait = max(0, round((motion.origin_s - now_s) * song.rate_hz))
        motion = motion.at(now_s, end_s)
        loop = motion.loop
        if loop is None:
            return Programme(self._straight(song, motion, wait, end_s, clicks), repeat=False)
        lead_in = song.index(loop.lead_in_s)
        if wait == 0 and motion.position_s >= loop.start_s:
            if motion.lead_s > 0.0:
                start = lead_in - song.index(motion.lead_s)
            else:
                start = lead_in + song.index(motion.position_s) - song.index(loop.start_s)
            return Programme(np.roll(self._round(song, loop, clicks), -start), repeat=True)
        row = [self._wait(song, motion, wait), self._run_up(song, motion, loop, clicks)]
        round_ = self._round(song, loop, clicks)
        row.append(round_[lead_in:])
        row += [round_] * int(np.ceil(self._settings.ahead_s * song.rate_hz / len(round_)))
        return Programme(np.concatenate(row), repeat=False)

    def _wait(self, song: Song, motion: Motion, wait: int) -> Pcm:
        """Silence before the start, counted in at its end."""
        samples: Pcm = np.zeros(wait + song.index(motion.lead_s), np.int16)
        self._count_in(song, samples, motion.position_s)
        return samples

    def _count_in(self, song: Song, samples: Pcm, place_s: float) -> None:
        length = min(len(samples), song.index(self._metronome.count_in_s))
        if length and self._count_in_on:
            from_s = place_s - length / song.rate_hz * song.tempo
            self._metronome.add_to(samples[len(samples) - length :], from_s, song.tempo, song.rate_hz)

    def _straight(self, song: Song, motion: Motion, wait: int, end_s: float, clicks: bool) -> Pcm:
        """Silence before the start, then the music to the end of the span."""
        start, silence = song.index(motion.position_s), wait + song.index(motion.lead_s)
        samples = song.part(start, song.index(end_s) - start, silence)
        self._count_in(song, samples[:silence], motion.position_s)
        music = samples[silence:]
        _fade_out(music, song.index(self._settings.crossfade_s * song.tempo))
        if clicks:
            self._metronome.add_to(music, motion.position_s, song.tempo, song.rate_hz)
        return samples

    def _run_up(self, song: Song, motion: Motion, loop: Loop, clicks: bool) -> Pcm:
        """From the present place to A (or, before a start inside the loop, to B and through its lead-in)."""
        if motion.position_s <= loop.start_s:
            start = song.index(motion.position_s)
            samples = song.part(start, song.index(loop.start_s) - start)
            if clicks:
                self._metronome.add_to(samples, motion.position_s, song.tempo, song.rate_hz)
            return samples
        round_ = self._round(song, loop, clicks)
        behind_a = song.index(motion.position_s) - song.index(loop.start_s)
        lead_in = song.index(loop.lead_in_s)
        return np.concatenate((round_[lead_in + behind_a :], round_[:lead_in]))

    def _round(self, song: Song, loop: Loop, clicks: bool) -> Pcm:
        """Lead-in and stretch, so that its end goes over into its beginning."""
        lead_in, first = song.index(loop.lead_in_s), song.index(loop.start_s)
        length = round(loop.round_s / song.tempo * song.rate_hz)
        stretch = song.part(first, length - lead_in)
        fade = min(round(self._settings.crossfade_s * song.rate_hz), len(stretch))
        _fade_out(stretch, fade)
        if clicks:
            self._metronome.add_to(stretch, loop.start_s, song.tempo, song.rate_hz)
        samples = np.concatenate((np.zeros(lead_in, np.int16), stretch))
        self._count_in(song, samples[:lead_in], loop.start_s)
        before = np.round(song.part(first - fade, fade) * _ramp(fade)).astype(np.int32)
        seam = (lead_in - fade + np.arange(fade)) % length
        samples[seam] = within_pcm(samples[seam] + before)
        return samples


def _ramp(count: int) -> FloatArray:
    """Rises from 0 to 1 so that two sounds that know nothing of each other keep their loudness together."""
    ramp: FloatArray = np.sin(np.linspace(0.0, np.pi / 2, count, endpoint=False))
    return ramp


def _fade_out(samples: Pcm, count: int) -> None:
    count = min(count, len(samples))
    if count:
        samples[-count:] = np.round(samples[-count:] * _ramp(count)[::-1])
