"""The studio's shell: the stack of scenes over one window and one camera line, and what all scenes share."""
