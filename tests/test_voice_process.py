"""The voice with the real speech process."""

import os
import signal
import subprocess
import sys
import time
import wave

import pytest

from coach.devices.voice import SpeechSynthesiser, VoiceStatus
from coach.devices.voice_child import ChildGone, VoiceChild, default_command
from coach.errors import SettingsError
from coach.settings.devices import VoiceSettings

LONG_S = 30.0
SETTINGS = VoiceSettings(start_timeout_s=LONG_S, text_timeout_s=1.0)


def run_with(preparation):
    """Our speech process after some lines of ``preparation`` in it."""
    return [sys.executable, "-c", f"{preparation}\nfrom coach.devices.voice_process import main\nmain()"]


WITHOUT_LIBRARY = """
import ctypes
def refuse(name): raise OSError(name)
ctypes.cdll.LoadLibrary = refuse
"""
WITHOUT_PROGRAMS = "import os\nos.environ['PATH'] = ''\n"
WITHOUT_WHEEL = "import sys\nsys.modules['espeakng_loader'] = None\n"


def real(tmp_path, command, engine):
    with SpeechSynthesiser(tmp_path, VoiceSettings(start_timeout_s=LONG_S, text_timeout_s=LONG_S), command) as speech:
        speech.prepare(["Left arm straighter", "Left arm straighter, please, and much higher than before"])
        assert speech.wait_idle(2 * LONG_S)
        if speech.status is VoiceStatus.NO_VOICE or speech._worker._engine != engine:
            pytest.skip(f"this computer has no {engine} voice")
        with wave.open(str(speech.ready("Left arm straighter"))) as sound:
            short_s = sound.getnframes() / sound.getframerate()
            loud = max(sound.readframes(sound.getnframes()))
        with wave.open(str(speech.ready("Left arm straighter, please, and much higher than before"))) as sound:
            long_s = sound.getnframes() / sound.getframerate()
    assert 0.5 < short_s < 4.0
    assert long_s > 1.5 * short_s
    assert loud > 0
    assert not list(tmp_path.glob("*.part.wav")) + list(tmp_path.glob("trial*"))


def test_real_voice(tmp_path):
    real(tmp_path, default_command(), "pyttsx3")


def test_real_voice_of_a_program(tmp_path):
    real(tmp_path, run_with(WITHOUT_LIBRARY), "program")


def test_real_voice_of_the_wheel(tmp_path):
    pytest.importorskip("espeakng_loader")
    real(tmp_path, run_with(WITHOUT_LIBRARY + WITHOUT_PROGRAMS), "espeakng-loader")


def test_no_voice_at_all_is_said_once_and_the_coach_goes_on(tmp_path):
    command = run_with(WITHOUT_LIBRARY + WITHOUT_PROGRAMS + WITHOUT_WHEEL + "sys.modules['pyttsx3'] = None\n")
    with SpeechSynthesiser(tmp_path, SETTINGS, command) as speech:
        speech.prepare(["a"])
        assert speech.wait_idle(LONG_S)
        assert speech.status is VoiceStatus.NO_VOICE
        assert speech.problem.startswith("No voice was found: cues are shown as captions only. To hear them, ")


def test_the_speech_process_ends_with_its_parent(tmp_path):
    """Even if the parent is killed and the engine hangs."""
    hang = "import time, coach.devices.voice_process as p\np.ENGINES = {'x': lambda *_: time.sleep(600)}\n"
    script = (
        "import sys, time\nfrom coach.devices.voice_child import VoiceChild\n"
        f"child = VoiceChild({[*run_with(hang), '--rate', '175', '--folder', str(tmp_path)]!r})\n"
        "child.answer(30)\nprint(child._process.pid, flush=True)\ntime.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    child_pid = int(parent.stdout.readline())
    os.kill(child_pid, 0)
    parent.send_signal(signal.SIGKILL)
    parent.wait(LONG_S)
    parent.stdout.close()
    end_s = time.monotonic() + LONG_S
    while time.monotonic() < end_s and running(child_pid):
        time.sleep(0.02)
    assert not running(child_pid)


def running(pid):
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_killing_twice_is_harmless():
    child = VoiceChild([sys.executable, "-c", "import time; time.sleep(600)"])
    child.kill()
    child.kill()
    with pytest.raises(ChildGone):
        child.answer(LONG_S)
    with pytest.raises(ChildGone):
        child.send({"text": "a", "path": "b"})


@pytest.mark.parametrize("values", [{"words_per_minute": 0}, {"text_timeout_s": 0.0}, {"hangs_limit": -1}])
def test_settings_refuse_nonsense(values):
    with pytest.raises(SettingsError):
        VoiceSettings(**values)
