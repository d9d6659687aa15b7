"""Words, figures and pieces of text: what stands there, whatever is asked."""
