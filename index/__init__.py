"""Retrieval: the catalog, its lexical and vector caches, and the library over them."""
