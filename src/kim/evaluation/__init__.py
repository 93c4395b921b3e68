"""Figures and dashboards: reads everything below, writes only its own counters."""
