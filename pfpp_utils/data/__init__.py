"""What is known: the data package, its sources, places and grants registers."""
