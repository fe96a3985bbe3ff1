"""What is learned about skin: whether it went with the bone, in words that rules do not foresee."""
