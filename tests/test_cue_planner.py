"""One thing at a time, the most useful first, silence when it is right."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.tracked_position import TrackState
from coach.errors import SettingsError
from coach.judging.cue_planner import CuePlanner
from coach.judging.cue_texts import CueTexts
from coach.judging.extension_judge import ExtensionReading, ExtensionVerdict
from coach.judging.moment import Moment
from coach.judging.path_judge import PathReading, PathVerdict
from coach.judging.timing_judge import TimingReading, TimingVerdict
from coach.judging.verdicts import Cue, CueKind, EnergyVerdict, FramingHint
from coach.settings.cues import CueSettings, FeedbackLevel
from tests.builders_judging import at, energy_reading, joint_readings, lost, times

DURATION_S = 60.0
BEATS = np.arange(0.0, DURATION_S, 0.5)
NO_BEATS = np.zeros(0)
GOOD = joint_readings()
LOW = energy_reading(0.2, verdict=EnergyVerdict.LOW)
LATE = TimingReading(-180.0, TimingVerdict.LATE)
SMALL = ExtensionReading(0.6, ExtensionVerdict.SMALL)
WRONG_WAY = PathReading(-0.9, PathVerdict.WRONG)


def make_planner(beats_s=NO_BEATS, announce_mirrored=True, **changes) -> CuePlanner:
    return CuePlanner(CueSettings(**changes), CueTexts(), beats_s, DURATION_S, announce_mirrored)


def play(planner: CuePlanner, moment_at, end_s=20.0, fps=30.0, start_s=0.0) -> list[Cue]:
    """The cues for moments described by ``moment_at(time)``: keyword arguments of `Moment`."""
    cues = []
    for time_s in times(start_s, end_s, fps):
        facts = {"position": at(time_s), "joints": GOOD} | moment_at(time_s)
        cue = planner.step(Moment(time_s=time_s, **facts))
        if cue is not None:
            cues.append(cue)
    return cues


def wrong(start_s: float, end_s: float = 99.0, **errors_deg: float):
    return lambda t: {"joints": joint_readings(**errors_deg)} if start_s <= t < end_s else {}


def blaming(cues: list[Cue]) -> list[Cue]:
    return [cue for cue in cues if cue.kind in (CueKind.JOINT, CueKind.TIMING, CueKind.ENERGY, CueKind.PATH)]


def test_nothing_is_blamed_when_nothing_is_wrong():
    cues = play(make_planner(BEATS), lambda _: {}, end_s=60.0)
    assert blaming(cues) == []
    assert 1 <= len(cues) <= 4
    assert {cue.kind for cue in cues} == {CueKind.PRAISE}


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
@pytest.mark.parametrize("start_s", [5.0, 6.3, 7.9, 8.1])
@pytest.mark.parametrize("beats_s", [NO_BEATS, BEATS], ids=["no beats", "beats"])
def test_a_new_mistake_is_named_within_four_seconds(beats_s, start_s, fps):
    cues = blaming(play(make_planner(beats_s), wrong(start_s, left_elbow=-40.0), fps=fps))
    assert start_s < cues[0].time_s <= start_s + 4.0
    assert (cues[0].kind, cues[0].joint, cues[0].text) == (CueKind.JOINT, "left_elbow", "Left arm straighter")


def test_a_cue_waits_for_the_end_of_the_phrase_if_that_is_near():
    cues = blaming(play(make_planner(BEATS), wrong(7.0, left_elbow=-40.0), end_s=10.0))
    assert cues[0].time_s == pytest.approx(8.0, abs=0.04)


@pytest.mark.parametrize(("late_until_s", "told"), [(8.0, []), (99.0, ["You are late"])])
def test_who_is_on_the_beat_again_is_not_told_to_catch_up(late_until_s, told):
    """Late while another correction was being said; by the time that there is room again, it is over or it is not."""

    def moment_at(time_s):
        elbow = {"joints": joint_readings(left_elbow=-40.0)} if 5.0 <= time_s < 5.6 else {}
        late = {"timing": LATE} if 5.8 <= time_s < late_until_s else {}
        return elbow | late

    cues = blaming(play(make_planner(), moment_at, end_s=16.0))
    assert [cue.text for cue in cues] == ["Left arm straighter", *told]


def test_a_mistake_of_half_a_second_is_still_named():
    cues = blaming(play(make_planner(), wrong(5.0, 5.5, right_knee=40.0)))
    assert [cue.text for cue in cues] == ["Bend right knee more"]


def test_a_flicker_is_not_named():
    assert blaming(play(make_planner(), wrong(5.0, 5.1, right_knee=40.0))) == []


@pytest.mark.parametrize(
    ("facts", "kind", "text"),
    [
        ({"energy": LOW}, CueKind.ENERGY, "Bigger! More energy"),
        ({"energy": energy_reading(0.05, verdict=EnergyVerdict.LOW)}, CueKind.TIMING, "Keep moving"),
        ({"energy": energy_reading(1.2, verdict=EnergyVerdict.HIGH)}, CueKind.ENERGY, "Softer, less force"),
        ({"extension": SMALL, "energy": LOW}, CueKind.ENERGY, "Reach further"),
        ({"timing": LATE}, CueKind.TIMING, "You are late"),
        ({"timing": TimingReading(300.0, TimingVerdict.OFF_EARLY)}, CueKind.TIMING, "Too early: wait"),
        ({"path": WRONG_WAY}, CueKind.PATH, "Other direction"),
        ({"hold_broken": True}, CueKind.ENERGY, "Hold the freeze"),
    ],
)
def test_everything_else_is_named_within_four_seconds_too(facts, kind, text):
    cues = blaming(play(make_planner(), lambda t: facts if t >= 5.0 else {}, end_s=9.0))
    assert (cues[0].kind, cues[0].text) == (kind, text)
    assert cues[0].joint is None


def test_one_cause_of_many_mistakes_is_named_instead_of_them():
    many = joint_readings(left_elbow=-30.0, right_elbow=-30.0, left_shoulder=-30.0, right_hip=30.0)
    cues = blaming(
        play(
            make_planner(),
            lambda t: {"joints": many} | ({"extension": SMALL} if t > 6.0 else {}) if t >= 5.0 else {},
            end_s=9.0,
        )
    )
    assert [cue.text for cue in cues] == ["Reach further"]


@pytest.mark.parametrize(("blip", "length_s"), [("right_ankle", 1.5), ("right_hip", 0.3)])
def test_a_blip_of_another_joint_hardly_holds_a_cue_up(blip, length_s):
    errors_deg = {"right_ankle": -40.0, "right_hip": 15.0}

    def moment(time_s: float):
        also = {blip: errors_deg[blip]} if 5.0 <= time_s < 5.0 + length_s else {}
        return {"joints": joint_readings(left_elbow=-40.0, **also)} if time_s >= 5.0 else {}

    cues = blaming(play(make_planner(), moment, end_s=9.0))
    assert [cue.joint for cue in cues] == ["left_elbow"]
    assert cues[0].time_s <= 5.8


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_cues_keep_their_distance_and_do_not_repeat(data):
    spells = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(["left_elbow", "right_knee", "trunk", "left_hip"]), st.floats(0, 28), st.floats(0.1, 6)
            ),
            max_size=8,
        )
    )

    def moment(time_s: float):
        errors = {joint: -45.0 for joint, start_s, length_s in spells if start_s <= time_s < start_s + length_s}
        return {"joints": joint_readings(**errors)}

    cues = play(make_planner(BEATS), moment, end_s=30.0, fps=10.0)
    for earlier, later in itertools.pairwise(cues):
        after_praise = earlier.kind is CueKind.PRAISE and later.kind is not CueKind.PRAISE
        assert later.time_s - earlier.time_s >= (0.8 if after_praise else 4.0) - 1e-6
    for earlier, later in itertools.pairwise(blaming(cues)):
        assert later.time_s - earlier.time_s >= 4.0 - 1e-6
        if later.text == earlier.text:  # only where it was put right in between
            assert later.time_s - earlier.time_s >= 6.0 - 1e-6
            wrong_s = [t for t in times(earlier.time_s, later.time_s, 10.0) if _is_wrong(spells, later.joint, t)]
            assert max(b - a for a, b in itertools.pairwise([earlier.time_s, *wrong_s])) >= 2.9


def _is_wrong(spells: list[tuple[str, float, float]], joint: str | None, time_s: float) -> bool:
    return any(name == joint and start_s <= time_s < start_s + length_s for name, start_s, length_s in spells)


def test_a_lasting_mistake_is_named_once():
    assert len(blaming(play(make_planner(), wrong(3.0, left_elbow=-40.0), end_s=55.0))) == 1


def test_a_mistake_that_gets_worse_is_named_again():
    def worse(time_s: float):
        return {"joints": joint_readings(left_elbow=-30.0 if time_s < 16.0 else -70.0)} if time_s > 3.0 else {}

    cues = blaming(play(make_planner(), worse, end_s=30.0))
    assert [cue.text for cue in cues] == ["Left arm straighter"] * 2
    assert cues[1].time_s > 16.0


def test_a_mistake_that_was_put_right_and_comes_back_is_named_again():
    def comes_back(time_s: float):
        return {"joints": joint_readings(left_elbow=-40.0)} if 3.0 <= time_s < 5.0 or 8.5 <= time_s < 10.5 else {}

    cues = play(make_planner(), comes_back, end_s=20.0)
    assert [cue.text for cue in cues[:3]] == ["Left arm straighter", "Better!", "Left arm straighter"]
    assert 8.5 < cues[2].time_s <= 12.5


def test_a_mistake_that_comes_back_before_it_was_put_right_is_not_named_again():
    def flickers(time_s: float):
        return {"joints": joint_readings(left_elbow=-40.0)} if time_s >= 3.0 and time_s % 4.0 < 2.0 else {}

    assert len(blaming(play(make_planner(), flickers, end_s=15.0))) == 1


def test_what_waits_for_the_end_of_the_phrase_is_still_said_when_another_joint_follows():
    def moment(time_s: float):
        errors = {"trunk": -40.0} if 6.6 <= time_s < 7.7 else {}
        errors |= {"right_elbow": -30.0, "right_shoulder": 15.0} if 7.4 <= time_s < 8.1 else {}
        return {"joints": joint_readings(**errors)}

    cues = blaming(play(make_planner(BEATS), moment, end_s=10.0))
    assert [cue.joint for cue in cues] == ["trunk"]
    assert cues[0].time_s == pytest.approx(8.0, abs=0.04)


def test_two_lasting_mistakes_do_not_take_turns():
    cues = blaming(play(make_planner(), wrong(3.0, left_elbow=-60.0, right_knee=40.0), end_s=18.0))
    assert [cue.text for cue in cues] == ["Left arm straighter", "Bend right knee more"]


def test_heavier_joints_come_first():
    cues = blaming(play(make_planner(), wrong(3.0, right_wrist=-60.0, left_knee=-40.0), end_s=7.0))
    assert cues[0].joint == "left_knee"


def test_the_same_fault_on_both_sides_is_said_once():
    cues = blaming(play(make_planner(), wrong(3.0, left_knee=40.0, right_knee=42.0), end_s=14.0))
    assert [cue.text for cue in cues] == ["Bend your knees more"]


@pytest.mark.parametrize(
    ("facing", "error_deg", "text"),
    [
        (0.6, 30.0, "Stay upright, you lean left"),
        (-0.6, 30.0, "Stay upright, you lean right"),
        (0.6, -30.0, "Stay upright, you lean right"),
        (0.05, 30.0, "Watch your upper body"),
    ],
)
def test_leaning_is_named_from_the_dancers_own_view(facing, error_deg, text):
    def leaning(time_s: float):
        readings = tuple(one._replace(target_deg=0.0) for one in joint_readings(trunk=error_deg))
        return {"joints": readings if time_s > 3.0 else GOOD, "facing": lambda: facing}

    assert blaming(play(make_planner(), leaning, end_s=8.0))[0].speech == text


def test_beats_make_the_pause_longer():
    slow_beats = np.arange(0.0, DURATION_S, 0.7)
    mistakes = wrong(3.0, left_elbow=-60.0, right_knee=40.0)
    apart = {}
    for name, beats_s in (("none", NO_BEATS), ("slow", slow_beats)):
        cues = blaming(play(make_planner(beats_s), mistakes, end_s=18.0))
        apart[name] = cues[1].time_s - cues[0].time_s
    assert apart["none"] == pytest.approx(4.0, abs=0.1)
    assert apart["slow"] >= 5.5


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (FeedbackLevel.FULL, 3),
        (FeedbackLevel.NORMAL, 3),
        (FeedbackLevel.LITTLE, 1),
        (FeedbackLevel.OFF, 0),
    ],
)
def test_feedback_levels(level, expected):
    planner = make_planner(feedback=level)
    mistakes = wrong(3.0, left_elbow=-60.0, right_knee=20.0, left_hip=7.0)
    assert len(blaming(play(planner, mistakes, end_s=16.0))) == expected


def test_clean_passes_make_the_coach_quieter():
    def pause_after_passes(passes: int) -> float:
        planner = make_planner(BEATS)
        now_s = 0.0
        for _ in range(passes):
            planner.on_seek()
            play(planner, lambda t, start=now_s: {"position": at(t, t - start)}, start_s=now_s, end_s=now_s + 16.0)
            now_s += 16.1
        planner.on_seek()

        def last_pass(time_s: float):
            place_s = time_s - now_s
            errors = {"left_elbow": -60.0, "right_knee": 40.0} if place_s > 4.5 else {}
            return {"position": at(time_s, place_s), "joints": joint_readings(**errors)}

        cues = blaming(play(planner, last_pass, start_s=now_s, end_s=now_s + 16.0))
        return cues[1].time_s - cues[0].time_s

    assert pause_after_passes(4) >= 1.9 * pause_after_passes(0)


def test_an_improvement_is_praised():
    cues = play(make_planner(), wrong(3.0, 6.0, left_elbow=-40.0), end_s=12.0)
    assert [(cue.kind, cue.joint) for cue in cues] == [(CueKind.JOINT, "left_elbow"), (CueKind.PRAISE, "left_elbow")]
    assert cues[1].time_s == pytest.approx(9.0, abs=0.1)


def test_an_improvement_is_praised_as_soon_if_the_joint_is_unseen_now_and_then():
    def now_and_then(time_s: float):
        if 3.0 <= time_s < 6.0:
            return {"joints": joint_readings(left_elbow=-40.0)}
        return {"joints": joint_readings(left_elbow=float("nan"))} if time_s % 1.0 > 0.6 else {}

    praise = [cue for cue in play(make_planner(), now_and_then, end_s=12.0) if cue.kind is CueKind.PRAISE]
    assert praise[0].joint == "left_elbow"
    assert praise[0].time_s == pytest.approx(9.0, abs=0.1)


def test_a_blip_of_a_joint_that_counts_little_does_not_put_praise_off():
    def moment(time_s: float):
        if 3.0 <= time_s < 6.0:
            return {"joints": joint_readings(left_elbow=-40.0)}
        return {"joints": joint_readings(right_wrist=60.0)} if 8.5 <= time_s < 8.6 else {}

    praise = [cue for cue in play(make_planner(), moment, end_s=12.0) if cue.kind is CueKind.PRAISE]
    assert praise[0].time_s == pytest.approx(9.0, abs=0.1)


def test_an_unseen_joint_is_not_praised():
    def then_hidden(time_s: float):
        if time_s < 3.0:
            return {}
        return {"joints": joint_readings(left_elbow=-40.0 if time_s < 5.0 else float("nan"))}

    assert CueKind.PRAISE not in [cue.kind for cue in play(make_planner(), then_hidden, end_s=7.9)]


@pytest.mark.parametrize(
    "facts",
    [{"timing": LATE}, {"energy": energy_reading(0.4)}, {"extension": ExtensionReading(0.8, ExtensionVerdict.GOOD)}],
)
def test_a_doubtful_moment_is_not_praised(facts):
    assert CueKind.PRAISE not in [cue.kind for cue in play(make_planner(BEATS), lambda _: facts)]


def test_framing_is_said_once_and_nobody_is_blamed_blindly():
    def gone(time_s: float):
        return {"framing": FramingHint.NOBODY, "joints": joint_readings(left_elbow=-60.0)} if time_s > 3.0 else {}

    cues = play(make_planner(), gone, end_s=30.0)
    assert [(cue.kind, cue.text) for cue in cues] == [(CueKind.FRAMING, "I can't see you")]
    assert 3.8 <= cues[0].time_s <= 4.2


def test_cut_off_feet_do_not_stop_the_correction_of_arms():
    def feet(time_s: float):
        return {"framing": FramingHint.FEET_CUT_OFF, "joints": joint_readings(left_elbow=-60.0)} if time_s > 3.0 else {}

    cues = play(make_planner(), feet, end_s=12.0)
    assert {cue.kind for cue in cues} == {CueKind.FRAMING, CueKind.JOINT}


def test_a_lost_dancer_is_told_once_and_greeted_when_found():
    def moment(time_s: float):
        if time_s < 5.0:
            return {}
        return {"position": lost(time_s) if time_s < 15.0 else at(time_s, time_s - 7.0)}

    cues = play(make_planner(), moment, end_s=20.0)
    assert [cue.text for cue in cues] == ["I lost you. Start again when ready", "Found you again"]
    assert 5.7 <= cues[0].time_s <= 6.2
    assert cues[0].reference_s is None


def test_a_jump_is_told_before_anything_is_corrected():
    """Wrong from the first moment at the new place on: first where the dancer is taken to be."""

    def moment(time_s: float):
        if time_s < 3.0:
            return {"position": at(time_s, time_s + 20.0)}
        return {"position": at(time_s, time_s - 2.5), "joints": joint_readings(left_elbow=-60.0)}

    cues = play(make_planner(), moment, end_s=10.0)
    assert [cue.text for cue in cues] == ["From the top", "Left arm straighter"]
    assert 4.0 <= cues[0].time_s <= 4.2


@pytest.mark.parametrize("moment_s", [0.1, 0.4, 0.9])
def test_to_be_told_elsewhere_for_a_moment_is_no_news(moment_s):
    def place(time_s: float) -> float:
        return time_s + (7.5 if 3.0 <= time_s < 3.0 + moment_s else 0.0)

    cues = play(make_planner(), lambda t: {"position": at(t, place(t))} | wrong(2.0, left_elbow=-40.0)(t), end_s=12.0)
    assert not [cue.text for cue in cues if cue.kind is CueKind.FRAMING]


def test_a_restart_is_followed_without_blame():
    cues = play(make_planner(), lambda t: {"position": at(t, t if t < 12.0 else t - 12.0)}, end_s=20.0)
    assert [cue.text for cue in cues if cue.kind is CueKind.FRAMING] == ["From the top"]
    assert blaming(cues) == []


def test_a_seek_of_the_users_is_no_news_and_forgets_old_mistakes():
    planner, at_ease = make_planner(), energy_reading(0.5)
    assert play(planner, lambda t: {"energy": LOW} if t >= 2.0 else {}, end_s=2.5) == []
    planner.on_seek()
    cues = play(
        planner, lambda t: {"position": at(t, t + 20.0), "energy": LOW if t < 2.9 else at_ease}, start_s=2.53, end_s=6.0
    )
    assert cues == []


@pytest.mark.parametrize("announce", [True, False])
def test_the_mirror_image_is_announced_once_if_at_all(announce):
    planner = make_planner(announce_mirrored=announce)
    cues = play(planner, lambda t: {"position": at(t, mirrored=(t % 10.0) > 1.0)}, end_s=25.0)
    assert [cue.text for cue in cues if cue.kind is CueKind.FRAMING] == ["Mirror image: I follow"] * announce


def test_nobody_is_blamed_where_a_repeat_explains_them_as_well():
    mistake = joint_readings(left_elbow=-60.0)
    cues = play(make_planner(), lambda t: {"joints": mistake, "position": at(t, ambiguous=t < 6.0)}, end_s=10.0)
    assert cues[0].joint == "left_elbow"
    assert cues[0].time_s > 6.0


def test_nobody_is_blamed_before_the_mirror_image_is_known():
    mistake = joint_readings(left_elbow=-60.0)
    differs = frozenset({"left_elbow"})
    undecided = play(
        make_planner(), lambda t: {"joints": mistake, "mirror_decided": t >= 6.0, "ambiguous": differs}, end_s=10.0
    )
    assert undecided[0].time_s > 6.0
    alike = play(make_planner(), lambda t: {"joints": mistake, "mirror_decided": False}, end_s=6.0)
    assert alike[0].joint == "left_elbow"
    turning = play(
        make_planner(announce_mirrored=False),
        lambda t: {"joints": mistake if t < 0.95 else GOOD, "position": at(t, mirrored=t > 0.9)},
        end_s=6.0,
    )
    assert turning == []


def test_the_end_is_applauded_once():
    end = lambda t: {"position": lost(t, TrackState.FINISHED)} if t > 10.0 else {}  # noqa: E731
    cues = play(make_planner(), end, end_s=30.0)
    assert [cue.text for cue in cues].count("Well danced!") == 1


def test_nobody_is_corrected_as_soon_as_found():
    cues = blaming(play(make_planner(), wrong(0.0, left_elbow=-60.0), end_s=3.0))
    assert cues[0].time_s >= CueSettings().settle_s


@pytest.mark.parametrize("beats_s", [NO_BEATS, BEATS], ids=["no beats", "beats"])
def test_the_frame_rate_does_not_matter(beats_s):
    def moment(time_s: float):
        errors = {}
        if 3.0 <= time_s < 5.0 or 14.0 <= time_s < 16.0:
            errors["left_elbow"] = -50.0
        if 8.2 <= time_s < 12.0:
            errors["right_knee"] = 50.0
        return {
            "joints": joint_readings(**errors),
            "timing": LATE if time_s > 19.0 else TimingReading(0.0, TimingVerdict.ON),
        }

    runs = [play(make_planner(beats_s), moment, end_s=25.0, fps=fps) for fps in (15.0, 30.0, 60.0)]
    for run in runs[1:]:
        assert [cue.text for cue in run] == [cue.text for cue in runs[0]]
        for one, other in zip(run, runs[0], strict=True):
            assert one.time_s == pytest.approx(other.time_s, abs=0.1)


def test_settings_are_checked():
    with pytest.raises(SettingsError):
        CueSettings(min_gap_s=0.0)
