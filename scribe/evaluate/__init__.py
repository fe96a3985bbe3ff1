"""Hold analyses against labels that people made: what is right, what is missed, and how sure one can be of that."""
