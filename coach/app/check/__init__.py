"""The first check and the latency check: questions, measurements and their answers."""
