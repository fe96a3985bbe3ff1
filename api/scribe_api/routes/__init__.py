"""One module a group of routes. A route reads its input, calls the desk or a renderer, and returns."""
