"""The parts of the benchmark suite. `bench/run.py` puts them together."""
