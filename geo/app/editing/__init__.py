"""The forms in which records, sources and groups are entered and corrected.

===================  ============================================================================
``fields``           the fields of each form: names, words, choices
``reading``          how the text of one field is read
``values``           between the text of a form and an entry of the dossier
``naming``           short names for new entries
``place_answers``    where a place is, while it is typed
``origin_answers``   which claims may repeat one statement, because they share words
``alike``            records that may be about the same event
``answers``          what is said of a form: problems, readings, the record as it would be
``unsaved``          what has been typed and not saved, on the disk
``form``             the form as a component of the page
``opened``           the forms that a session has open
``saving_form``      saving, and choosing between values that two people have given
``history_list``     what has become of an entry, with a way back
``act_button``       buttons whose act nothing can break into
``review_bar``       how far a record is reviewed, and its approval
``preview``          how a record reads and where it is drawn
===================  ============================================================================
"""
