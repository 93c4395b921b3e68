"""`python -m inside NAME …`: sets the site up, then runs one of the scripts of this folder."""

import runpy
import sys

import django

django.setup()
del sys.argv[0]
runpy.run_module(f"inside.{sys.argv[0]}", run_name="__main__")
