"""The dossier: sources, groups, incidents and presence claims, read from YAML and checked.

=================  =================================================================================
``records``        what a source, group, claim, incident and presence claim is, and when it is valid
``periods``        uncertain dates: EDTF text to the earliest and the latest day
``period_faults``  why a text is not a date that is read, and what to write instead
``solar_hijri``    days of the Solar Hijri calendar
``evidence``       what claims add up to: status, attribution, figures
``intake``         bytes to records and problems with line numbers
``lookalikes``     names that look alike
``references``     keys that records refer to, and what a missing one was probably meant as
``messages``       validation errors in plain words
``yaml_lines``     YAML to plain values, each with its line
``yaml_block``     plain block YAML, read line by line
``yaml_flow``      YAML in brackets, JSON included
``yaml_faults``    what is wrong with a line of YAML
``indentation``    lines that begin in the wrong column, and where they belong
=================  =================================================================================
"""
