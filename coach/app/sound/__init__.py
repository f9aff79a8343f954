"""What is heard: the music at any speed and in loops, the metronome, the voice."""
