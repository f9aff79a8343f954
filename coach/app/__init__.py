"""What the commands do, and the studio that they open: where to look for what.

the command line
    ``arguments`` (``argument_values``, ``options``), ``preferred``: what was asked for, joined with what was chosen.
commands
    ``practice`` (``practising``, ``studio_run``), ``record``, ``extract``, ``compare``, ``library_command``,
    ``history_command``, ``doctor``; they share ``sources``, ``pose_setup``, ``saving``, ``tables``, ``wall_clock``.
the studio
    ``studio`` shows one ``scene`` after the other (folder ``scenes``, joined in ``studio_scenes``) over one
    ``camera_line``; ``studio_context`` and ``studio_parts`` outlive them, ``preview`` looks at the camera in menus.
one practice
    ``practices`` makes it of ``practice_parts`` from a ``practice_request``; ``coach`` handles its frames, with its
    ``companions``; ``practice_input``, ``controls``, ``rounds``, ``places``, ``plan_driver`` are what the dancer asks
    for, ``practice_view`` and ``practice_tools`` what is shown.
what is heard
    ``music_player`` (``programme``, ``metronome``, ``tempo_store``), ``speaker``.
what is left
    ``practice_end``, ``result_model`` (``result_cursor``, ``result_stills``), ``replay_tape`` (``tape_store``).
checks
    ``check_answers``, ``latency_run`` (``latency_watch``), ``device_latency``.
"""
