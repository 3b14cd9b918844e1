"""The weekly letter: when it is due, what there is to say, in which words, how it looks, how it is posted."""
