"""Mutated real files against every reader: `python -m tests.fuzz pdf --minutes 10`; no part of the test run."""
