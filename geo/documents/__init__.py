"""Documents that are read and kept as evidence, each as plain text with its place in the original.

===================  ===============================================================
``document``         a document as plain text, and the parts it consists of
``origins``          from characters of the text back to the original
``text_builder``     builds the text from pieces of the original, in one form
``decoding``         which encoding a file has
``stated_dates``     the day in a field of a document
``plain_text``       text and Markdown
``html_scanner``     tags and texts of HTML, each with its place
``html_blocks``      the blocks of a page and the elements around them
``html_article``     which blocks are the article
``html_metadata``    title and day of a page
``html``             saved web pages
``pdf_pages``        the pages of a PDF, read in a process of its own
``pdf``              PDF files with text
``word``             Word documents
``mail``             e-mails
``telegram``         exports of channels
``reading``          any of them
``passages``         words of a document, found again by their digest
``walls``            pages saved in place of an article
``evidence_folder``  the folder of the documents
``verifying``        all passages of a dossier, checked
===================  ===============================================================
"""
