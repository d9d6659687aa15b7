"""Answering: questions over a library become answers with verified citations."""
