"""What a village makes of its voices: shared difficulties on a board, and the minutes of its meetings."""
