"""The command that compares clips, one pair or many."""
