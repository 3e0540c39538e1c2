"""Reading a document in the app: its suggestions, what is decided about them, and the drafts.

================  ===============================================================
``worksheet``     the suggested records of a document and what is decided
``from_report``   from what was read to the values that a person looks at
``acts``          what a person does with a suggestion
``drafts``        from a suggestion to the draft of a record
``shelf``         documents in work, kept between sessions
``pane``          text and suggestions side by side, as a component
================  ===============================================================
"""
