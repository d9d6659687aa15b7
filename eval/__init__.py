"""Measuring: question sets, metrics, benchmark runs and reports."""
