"""`python -m floor`: sets Django up, then fills the floor."""

import runpy

import django

django.setup()
runpy.run_module("floor.load", run_name="__main__")
