"""Reading a document in the app: its suggestions, what is decided about them, and the drafts.

====================  ===============================================================
``worksheet``         the suggested records of a document and what is decided
``from_report``       from what was read to the values that a person looks at
``acts``              what a person does with a suggestion
``adding``            words that a person selected, read as what they say it is
``drafts``            from a suggestion to the draft of a record
``accepting``         a suggestion becomes a draft, with its source
``shelf``             documents in work, kept between sessions
``at_work``           the documents of this session, their text and their suggestions
``source_fields``     the fields that say what a document is
``pane``              text and suggestions side by side, as a component
``suggestions_map``   where the suggestions would be drawn
``links``             the way from a claim on a card to its words
====================  ===============================================================
"""
