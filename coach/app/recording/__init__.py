"""The commands that make references: from the camera and from videos."""
