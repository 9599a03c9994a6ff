"""Awards and schemes as publishers publish them, read into one canonical table."""
