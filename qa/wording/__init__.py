"""A language model's words, held to the excerpts that it was given."""
