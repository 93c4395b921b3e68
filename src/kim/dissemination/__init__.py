"""Government information on its way to every village: packets, each KIM's copy, reports of spreading, and the reach of it all."""
