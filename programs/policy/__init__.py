"""May this set go to failure, for this client, at this time? The article's rules F1–F9, pure."""
