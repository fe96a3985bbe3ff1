"""The documentation, as a package, so that its generator can be run and tested."""
