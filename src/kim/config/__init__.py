"""Floor 6: settings, addresses and wiring. It names every app and is named by none."""
