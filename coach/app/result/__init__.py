"""What a practice leaves: its pictures in memory, and the page of the result."""
