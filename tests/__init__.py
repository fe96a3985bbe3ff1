"""The tests, as a package: some distributions install a stray ``tests``, which must not win."""
