"""Starting KIM.id on one machine: folders, database, first set-up, children and their supervisor.

Plain Python: nothing here imports Django, so that a second start costs one Django boot and not three.
"""
