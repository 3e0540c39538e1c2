"""Files that are safe to pass on: only what is shown, without the fields that a profile hides.

===============  ===============================================================================
``profiles``     which fields and records readers of a kind may see: public, partner, internal
``hiding``       the fields of a dossier that a profile hides, emptied
``reducing``     a workspace with only what Views show, and the Views that fit it
``preview``      what goes along, in counts and sentences, before the file is written
``canaries``     texts, ids and coordinates that must not be in a file
``pdf_text``     the text of a PDF: its strings, its streams, its glyphs
``unpacking``    every layer of a file as text: archives, payloads, metadata, streams
``scanning``     the search of a finished file for what must not be in it
===============  ===============================================================================
"""
