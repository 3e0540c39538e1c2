"""The dossier: sources, groups, incidents and presence claims, read from YAML and checked.

====================  ==============================================================================
``records``           the fields of a source, group, claim, incident and presence claim, validated
``field_types``       the types of fields: which texts they take, and why others are refused
``periods``           uncertain dates: from EDTF text to the earliest and the latest day
``period_faults``     why a text is not a valid date, and what to write instead
``solar_hijri``       dates of the Solar Hijri calendar
``lineage``           which claims go back to one origin, and how many origins are known
``evidence``          what claims add up to: status, attribution, figures
``intake``            bytes to records and problems with line numbers
``drafts``            records that are still being written
``reading``           what was read: records, drafts, problems with their lines
``lookalikes``        names that look alike
``references``        keys that records refer to, and what a missing one was probably meant as
``messages``          validation errors in plain words
``saving``            edits saved to the file and its history log, together or not at all
``rebasing``          an edit of an entry that has changed meanwhile: merged, or a conflict
``history``           the log of all edits: who, when, which field, from what to what, why
``history_lines``     one line of that log, written and read
``copies``            two copies with their logs: what both began from, and whose edits are new
``merging``           two versions that were edited apart, merged field by field
``merged_values``     plain values of three versions, merged by what they mean
``merged_pieces``     the lines of a piece, rewritten to what it is to say
``merged_lines``      lines of three versions, and comments that would be lost
``conflict_markers``  what a person has to decide, marked as git does, and explained
``chunks``            a text taken apart into sections and entries, and what stands above each
``review``            who wrote and who approved a record, and whether the approval holds
``merged_review``     names and approvals of two versions, merged
``editing``           edits of entries: made, applied to the file, undone
``entries``           the entries of a file with the lines that they stand in
``yaml_rewriting``    change values in YAML text, and nothing else
``yaml_rendering``    from plain values to the lines of block YAML
``yaml_nodes``        the nodes of YAML text, what they hold and where they stand
``yaml_lines``        from YAML to plain values, each with its line
``yaml_block``        plain block YAML, read line by line
``yaml_flow``         YAML in brackets, JSON included
``yaml_faults``       what is wrong with a line of YAML
``indentation``       lines that begin in the wrong column, and where they belong
====================  ==============================================================================
"""
