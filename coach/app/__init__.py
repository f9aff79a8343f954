"""What the commands do, and the studio that they open: where to look for what.

here
    the command line (``arguments``, ``runners``, ``options``, ``preferred``), the commands ``practice``, ``doctor``,
    ``library_command`` and ``history_command``, and what all commands share.
``studio``, ``scenes``
    the shell, with one camera's line under a stack of scenes; the scenes, one file each.
``practising``
    one practice from the request to its end.
``sound``
    music, metronome, voice.
``result``
    the pictures that are kept in memory, and the page of the result.
``check``
    the first check and the latency check.
``recording``, ``comparing``
    the commands that make references, and the one that compares.
"""
