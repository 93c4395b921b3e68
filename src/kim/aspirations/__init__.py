"""Voices from below: complaints, wishes and questions, who holds them, until when, and what was answered."""
