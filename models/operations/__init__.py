"""Short made-up operations with their codes, by many authors."""
