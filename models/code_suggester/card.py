def write_card(): pass
