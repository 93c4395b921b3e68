"""The doors of moderation: reporting and the public log, the office's queue, the KIM's side."""
