"""The compiled inner loops of the follower and of offline alignment: plain arrays and scalars only.

Every kernel takes C-contiguous, writable arrays of the types it names and fills buffers of the caller, so that each is
compiled once and allocates nothing. No ``fastmath``: nan means "not seen" here. No kernel calls another, and constants
are arguments or stand in the kernel's own file, so a cached compilation can never be stale.

Callers import the file and not the kernel, ``place_estimate.best_places(...)``: see `compiling.compile_without_cache`.
"""
