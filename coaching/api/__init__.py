"""`/api/v1/`: the same data and the same verbs as the pages, for other software."""
