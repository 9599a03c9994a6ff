"""What pages of a programme of one's own show, and how its claims are settled."""
