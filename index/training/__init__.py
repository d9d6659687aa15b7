"""Training of what `index` bundles: the static embedding model and the learned order. Never imported at query time."""
