"""What the talk is made of: acts, slots, profile and state; how a turn changes them; what is done next."""
