"""What the editor of a figure adds to it: texts, names, marks, colours; kept in its recipe.

==================  ========================================================
``editorial``       all of it as one value, with its reader and writer
``plain_fields``    fields of a mapping as it was read, checked one by one
``logo``            a logo: checked, drawn anew as PNG, kept with its digest
``mark_labels``     short titles beside the numbers of marks
``map_names``       which provinces and towns are named on the map
``legend_edits``    order and wording of the legend
``editor_marks``    arrows, circles, areas and texts on the map
``house_style``     colours of an organisation, checked before they are used
``editorial_file``  the same in a YAML file
``fixed_words``     the fixed words of figures in Dari and Pashto
``translating``     the content of a figure in one of these languages
``applying``        the content of a figure with all of it
==================  ========================================================
"""
