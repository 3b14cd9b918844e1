"""The shapes of the API's bodies: what the schema publishes, and what is checked on the way in."""
