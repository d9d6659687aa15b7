"""The documents' own words that answer: where they may stand, which fit, and what is shown of them."""
