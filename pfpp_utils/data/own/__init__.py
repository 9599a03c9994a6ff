"""What a programme of one's own brings: its description, places, grants, costs and assumptions."""
