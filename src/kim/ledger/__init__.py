"""Who did what, append-only, and the errand each entry leaves. Audit log and outbox at once."""
