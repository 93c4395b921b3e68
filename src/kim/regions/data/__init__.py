"""The packed official tree that comes with the project, how it is read and written, and what its names mean.

Plain Python, no Django: `pack` reads and writes, `names` knows local terms and aliases, `places` works out
everything a code and a name say, `changes` reads files of split, merged and recoded regions.
"""
