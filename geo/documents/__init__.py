"""Documents that are read and kept as evidence, each as plain text with its place in the original.

============  ===============================================================
``document``  a document as plain text, and the parts it consists of
============  ===============================================================
"""
