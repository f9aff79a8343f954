"""The voice with scripted speech processes that hang, crash and lie."""

import os
import sys
import wave

import pytest

from coach.devices.voice import SpeechSynthesiser, VoiceStatus
from coach.settings.devices import VoiceSettings

LONG_S = 30.0
SETTINGS = VoiceSettings(start_timeout_s=LONG_S, text_timeout_s=1.0)
FAKE = """
import json, os, sys, time, wave
engines = %r
skip = sys.argv[sys.argv.index("--skip") + 1].split(",")
def tell(**answer): print(json.dumps(answer), flush=True)
def act(words):
    if "hang" in words: time.sleep(600)
    if "crash" in words: os._exit(3)
    if "garbage" in words: print("{{{", flush=True)
for name, behaviour in engines.items():
    if name in skip: continue
    tell(trying=name)
    act(behaviour)
    open(os.path.join(sys.argv[sys.argv.index("--folder") + 1], "starts"), "a").write(name + "\\n")
    tell(engine=name, version="1")
    break
else:
    tell(problem="none")
    sys.exit()
for line in sys.stdin:
    request = json.loads(line)
    text, path = request["text"], request["path"]
    act(text + (" hang" if "mute" in behaviour else ""))
    if "error" in text: tell(path=path, error="no"); continue
    if "nothing" not in text:
        with wave.open(path, "wb") as out:
            out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050); out.writeframes(bytes(2000))
    tell(path=path, error=None)
"""


def fake(tmp_path, engines=None):
    script = tmp_path / "fake_voice.py"
    script.write_text(FAKE % (engines or {"good": ""}))
    return [sys.executable, str(script)]


def voice(tmp_path, engines=None, settings=SETTINGS):
    return SpeechSynthesiser(tmp_path / "cache", settings, fake(tmp_path, engines))


def starts(tmp_path):
    return (tmp_path / "cache" / "starts").read_text().split()


def frame_count(path):
    with wave.open(str(path)) as sound:
        return sound.getnframes()


def test_prepared_and_requested_texts_become_files(tmp_path):
    with voice(tmp_path) as speech:
        speech.prepare(["left arm straighter", "good"])
        speech.request("now!")
        assert speech.wait_idle(LONG_S)
        assert speech.status is VoiceStatus.OK
        assert speech.problem is None
        paths = [speech.ready(text) for text in ("left arm straighter", "good", "now!")]
        assert len(set(paths)) == 3
        assert [frame_count(path) for path in paths] == [1000] * 3
        assert speech.ready("never asked") is None


def test_files_are_kept_for_the_next_run(tmp_path):
    with voice(tmp_path) as speech:
        speech.prepare(["good", "hands higher"])
        assert speech.wait_idle(LONG_S)
        first = speech.ready("good")
        stamp = first.stat().st_mtime_ns
    with voice(tmp_path) as speech:
        speech.prepare(["good"])
        assert speech.wait_idle(LONG_S)
        assert speech.ready("good") == first
    assert first.stat().st_mtime_ns == stamp


def test_another_speed_voice_or_engine_is_another_file(tmp_path):
    paths = set()
    for settings, engines in [
        (SETTINGS, {"good": ""}),
        (VoiceSettings(words_per_minute=140), {"good": ""}),
        (VoiceSettings(voice_name="Zira"), {"good": ""}),
        (SETTINGS, {"other": ""}),
    ]:
        with voice(tmp_path, engines, settings) as speech:
            speech.prepare(["good"])
            assert speech.wait_idle(LONG_S)
            paths.add(speech.ready("good"))
    assert len(paths) == 4


def test_a_damaged_file_in_the_cache_is_made_again(tmp_path):
    with voice(tmp_path) as speech:
        speech.prepare(["good"])
        assert speech.wait_idle(LONG_S)
        path = speech.ready("good")
    path.write_bytes(b"RIFF")
    with voice(tmp_path) as speech:
        speech.prepare(["good"])
        assert speech.wait_idle(LONG_S)
    assert frame_count(path) == 1000


def test_a_stale_request_is_dropped(tmp_path):
    speech = voice(tmp_path)
    for number in range(5):
        speech.request(f"cue {number}")
    with speech:
        assert speech.wait_idle(LONG_S)
        assert speech.ready("cue 4") is not None
        assert speech.ready("cue 0") is None
        assert speech.dropped == 4


def test_the_caller_never_waits(tmp_path):
    """Nothing but the speech process's own time passes: it hangs for ten minutes."""
    speech = voice(tmp_path, {"hanging": "hang"}, VoiceSettings(start_timeout_s=60.0, stop_timeout_s=5.0))
    speech.start()
    speech.prepare(["a", "b"])
    speech.request("c")
    assert speech.ready("c") is None
    assert speech.status is VoiceStatus.STARTING
    speech.stop()
    assert not speech._worker.alive


def test_a_text_that_hangs_costs_only_itself(tmp_path):
    with voice(tmp_path) as speech:
        speech.prepare(["one", "please hang", "two"])
        assert speech.wait_idle(LONG_S)
        assert speech.ready("one")
        assert speech.ready("two")
        assert speech.ready("please hang") is None
        assert speech.status is VoiceStatus.OK
    assert starts(tmp_path) == ["good", "good"]


def test_a_crash_and_nonsense_cost_only_the_text(tmp_path):
    with voice(tmp_path) as speech:
        speech.prepare(["crash", "garbage", "error", "nothing", "fine"])
        assert speech.wait_idle(LONG_S)
        assert [bool(speech.ready(text)) for text in ("crash", "garbage", "error", "nothing")] == [False] * 4
        assert speech.ready("fine")
    assert len(starts(tmp_path)) == 3  # "error" and "nothing" needed no restart


def test_a_text_that_always_fails_is_given_up(tmp_path):
    with voice(tmp_path) as speech:
        for _ in range(6):
            speech.request("crash")
            assert speech.wait_idle(LONG_S)
        assert speech.status is VoiceStatus.OK
    assert len(starts(tmp_path)) == 1 + SETTINGS.tries_for_text


def test_an_engine_that_hangs_at_the_start_is_left_out(tmp_path):
    settings = VoiceSettings(start_timeout_s=1.0, text_timeout_s=LONG_S)
    with voice(tmp_path, {"bad": "hang", "worse": "crash", "good": ""}, settings) as speech:
        speech.prepare(["hello"])
        assert speech.wait_idle(LONG_S)
        assert speech.ready("hello")
    assert starts(tmp_path) == ["good"]


def test_an_engine_that_keeps_hanging_is_replaced(tmp_path):
    settings = VoiceSettings(start_timeout_s=LONG_S, text_timeout_s=0.5, hangs_limit=1)
    with voice(tmp_path, {"bad": "mute", "good": ""}, settings) as speech:
        speech.prepare(["a", "b", "c"])
        assert speech.wait_idle(LONG_S)
        assert [bool(speech.ready(text)) for text in "abc"] == [False, False, True]
    assert starts(tmp_path) == ["bad", "bad", "good"]


def test_no_engine_left_is_one_sentence(tmp_path):
    settings = VoiceSettings(start_timeout_s=LONG_S, text_timeout_s=0.3, hangs_limit=0)
    with voice(tmp_path, {"bad": "mute"}, settings) as speech:
        speech.prepare(["a", "b"])
        assert speech.wait_idle(LONG_S)
        assert speech.status is VoiceStatus.NO_VOICE
        assert speech.problem.count(".") == 1
        speech.request("later")
        assert speech.ready("later") is None


@pytest.mark.parametrize("command", [["/no/such/program"], [sys.executable, "-c", "print('hello')"]])
def test_a_speech_process_that_does_not_even_start(tmp_path, command):
    with SpeechSynthesiser(tmp_path, SETTINGS, command) as speech:
        speech.prepare(["a"])
        assert speech.wait_idle(LONG_S)
        assert speech.status is VoiceStatus.NO_VOICE
        assert "captions" in speech.problem


def test_a_folder_that_cannot_be_written_is_replaced_for_the_run(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with SpeechSynthesiser(blocked / "cache", SETTINGS, fake(tmp_path)) as speech:
        speech.prepare(["good"])
        assert speech.wait_idle(LONG_S)
        path = speech.ready("good")
        assert path.is_file()
    assert not path.exists()


def test_the_cache_does_not_grow_for_ever(tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    for number in range(10):
        (cache / f"{number}.wav").write_bytes(b"old")
        os.utime(cache / f"{number}.wav", (number, number))
    settings = VoiceSettings(cache_files_limit=4)
    with voice(tmp_path, settings=settings) as speech:
        assert speech.wait_idle(LONG_S)
    assert sorted(path.stem for path in cache.glob("*.wav")) == ["6", "7", "8", "9"]


def test_odd_texts_are_cleaned(tmp_path):
    with voice(tmp_path) as speech:
        speech.prepare(["", "  \n", "left\narm\0 up", "x" * 5000])
        assert speech.wait_idle(LONG_S)
        assert speech.ready("left arm up") == speech.ready("left\narm\0 up") is not None
        assert speech.ready("") is None
        assert speech.ready("x" * 5000) is not None
