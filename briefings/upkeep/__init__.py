"""A workspace that runs by itself: schedules, history, health, backups."""
