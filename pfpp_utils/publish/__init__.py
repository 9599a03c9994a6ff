"""What is shown: figures and tables, the plan, the runner and the book."""
