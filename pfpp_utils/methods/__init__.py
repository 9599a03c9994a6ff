"""What follows: pure functions from tables to results, one module per strand."""
