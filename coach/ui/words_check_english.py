"""What the first check and the latency check say in English."""

from __future__ import annotations

from typing import Final

from coach.practice.latency import LatencyFault
from coach.ui.check_words import CheckStep, CheckWords, LatencyStage

ENGLISH: Final = CheckWords(
    heading="A quick check",
    latency_heading="How late is your camera?",
    titles={
        CheckStep.CAMERA: "Do you see yourself?",
        CheckStep.FRAMING: "Find your place",
        CheckStep.SOUND: "Do you hear the tone?",
        CheckStep.VOICE: "Can you hear the coach?",
        CheckStep.LATENCY: "Is your timing seen right?",
        CheckStep.DONE: "All set",
    },
    texts={
        CheckStep.CAMERA: "This is what the coach sees. Nothing of it leaves this computer.",
        CheckStep.FRAMING: "Step back until the whole outline is yours. It goes on by itself.",
        CheckStep.SOUND: "It comes again every two seconds.",
        CheckStep.VOICE: "The coach has just asked you something.",
        CheckStep.LATENCY: "Cameras and loudspeakers are late, each in its own way. Half a minute, and the coach"
        " knows.",
        CheckStep.DONE: "You can do this check again at any time.",
    },
    missing_titles={
        CheckStep.CAMERA: "No camera picture",
        CheckStep.FRAMING: "No camera picture",
        CheckStep.SOUND: "No sound",
        CheckStep.VOICE: "No voice",
    },
    missing_texts={
        CheckStep.CAMERA: "Plug a camera in, or close the program that uses it. Without one the demo dances for you.",
        CheckStep.FRAMING: "Plug the camera in again, or close the program that uses it. Or go on without it.",
        CheckStep.SOUND: "Plug in or switch on a loudspeaker, then look again. Or dance without music.",
        CheckStep.VOICE: "All that the coach says can also be read.",
    },
    go_on_without={
        CheckStep.CAMERA: "Go on without a camera",
        CheckStep.FRAMING: "Go on without a camera",
        CheckStep.SOUND: "Go on without sound",
    },
    names={
        CheckStep.CAMERA: "Camera",
        CheckStep.FRAMING: "Place",
        CheckStep.SOUND: "Sound",
        CheckStep.VOICE: "Voice",
        CheckStep.LATENCY: "Timing",
        CheckStep.DONE: "Done",
    },
    latency_titles={
        LatencyStage.INTRO: "How shall we measure?",
        LatencyStage.FLASH: "Watch the screen",
        LatencyStage.CLAP_READY: "Clap to the clicks",
        LatencyStage.CLAP: "Clap on every click",
        LatencyStage.RESULT: "That is how late it is",
    },
    latency_texts={
        LatencyStage.INTRO: "Clapping measures all there is. Blinking is quicker, but leaves the sound out - and the"
        " screen blinks: choose clapping if that is bad for you.",
        LatencyStage.FLASH: "",
        LatencyStage.CLAP_READY: "Your hands in the picture, in front of your chest. Listen to four clicks, then clap"
        " on each. Or jump, and land on each.",
        LatencyStage.CLAP: "Hands wide apart in between.",
        LatencyStage.RESULT: "From now on the coach takes this off before it calls you early or late.",
    },
    faults={
        LatencyFault.NOTHING_SEEN: "Nothing could be seen. Come nearer, with your hands in the picture.",
        LatencyFault.TOO_FEW: "Too few claps were seen. Hands wide apart in between, then try again.",
        LatencyFault.TOO_SPREAD: "The claps lay too far apart from the clicks, sometimes early, sometimes late. "
        "Listen first, then try again.",
        LatencyFault.IMPLAUSIBLE: "No camera is that late: it was between two clicks. Clap right on each click.",
    },
    without_sound="No sound device answers, so there is nothing to clap to. Blinking still works, but leaves the sound"
    " out - and the screen blinks: go back if that is bad for you.",
    without_picture="Without a picture of you nothing can be measured. Come back when the camera works.",
    nothing_to_measure="Nothing to measure yet",
    no_flash="The camera does not see the screen blink. Clap instead.",
    no_flash_in_silence="The camera does not see the screen blink. Turn them to each other, dim the light, try again.",
    yes="Yes",
    no="No",
    skip="Skip this",
    skip_all="Skip the whole check",
    again="Check again",
    dance="Start dancing",
    look_again="Look again",
    picture_comes="It comes as soon as the camera answers.",
    hear_again="Once more",
    no_sound="Turn the volume up, and choose the loudspeaker in the settings of your system.",
    no_voice="Turn the volume up. All that the coach says can also be read.",
    voice_off="Without the voice",
    measure="Measure",
    by_eye="Blinking, 10 seconds",
    by_ear="Clapping, 20 seconds",
    by_ear_now="I am ready",
    use="Use it",
    undo="Undo the last change",
    back="Back",
    use_camera="Use {name}",
    no_camera="No picture yet",
    can_you_hear_me="Can you hear me?",
    works="works",
    not_checked="not checked",
    does_not_work="does not work",
    milliseconds="{value} ms",
    measured="{count} claps, spread {spread} ms",
    measured_by_eye="{count} blinks, spread {spread} ms",
    before="Until now: {value} ms",
    kept="Kept for {camera} and {output}",
    kept_camera="Kept for {camera}",
    listen="Listen",
    choose="choose",
    confirm="OK",
)
