"""The shared helper package of the Partnerships for People and Place evaluation."""
