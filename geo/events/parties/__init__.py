"""Match the names of actors in a file to groups of the dossier.

===========  ==========================================
``names``    how files write the names of parties
``roles``    the kinds of actors in ACLED
``actors``   names to groups, with dates
``lookup``   the parties that a cell names on a given day
``parties``  the parties of all rows
===========  ==========================================
"""
