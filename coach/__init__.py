"""A dance coach for an ordinary webcam.

Each folder may import only what stands before it in this list (checked by ``tests/test_layers.py``):

``errors``, ``settings``, ``clock``
    the error tree, every tunable number, and time.
``pose``
    landmarks, body normalisation, joint angles, smoothing, energy: numpy only.
``gestures``
    poses that command the coach from two metres away.
``alignment``
    where in the choreography the dancer is: online open-end DTW (numba in ``kernels`` alone).
``judging``
    what is off, how sure we are, and what to say about it.
``session``
    ``feed(observation) -> state``: all of the above composed, still without devices, threads or a wall clock.
``practice``
    what makes dancing it into practising it: loops, plans, fading, framing guide, latency, the record of a run.
``comparison``
    two clips compared as wholes: sync, align, judge with the same judges, score, put into words.
``routine``
    the built-in choreography, its music and its dancer, authored in code.
``threads``
    threads started without waiting for them.
``vision``
    everything that touches OpenCV: pictures, optical flow, drawing, text.
``storage``, ``devices``, ``ui``, ``report``
    disk, camera and voice and pose model, the pygame window and mixer, words for people.
``app``, ``cli``
    what the commands do, and the command line.
"""

__version__ = "0.1.0"
