"""Reading a report: what it mentions, word for word, and the records that it suggests.

=====================  ============================================================
``mentions``           a place, group, date, number, speaker or event in a text
``suggestions``        a record that a text suggests, with the words of every value
``wordlists``          the word lists of a language, which are data in ``words``
``tokens``             words with their positions, sentences and lines
``place_names``        names of the gazetteer in a text
``place_stops``        which of them are not those of places
``place_spans``        places with the words for their kinds
``place_areas``        places with the districts and provinces beside them
``place_narrowing``    names that fit several places, decided by what is beside them
``place_mentions``     the places that a text mentions
``capital_mentions``   the capital of the country, where a text calls it so
``city_parts``         numbered districts and roads of a city that is named with them
``province_votes``     the provinces that a text is about
``party_names``        names of groups and other parties in a text
``group_mentions``     the groups that a text mentions
``date_patterns``      patterns of dates, from the templates of a language
``date_spans``         where a text has the words of a date
``date_counts``        numbers, units and days of the week, for counting days
``relative_dates``     dates that depend on the day of publication
``relative_months``    months and parts of a year that do
``stated_dates``       dates that the words state
``beside_dates``       dates that are counted from the one before them
``dates_before``       from which time named before the next words are counted
``date_frames``        the days on which a text was written and of which it tells
``date_mentions``      the dates that a text mentions
``settled_dates``      dates that another date of the text settles
``round_ups``          the date in the heading of a round-up
``datelines``          the dateline of a text, and the day of its publication
``head_dates``         lines that only say when a text was written
``language``           words, numbers and signs of a text, and phrases among them
``sentences``          paragraphs and sentences
``number_words``       numbers in digits and words, with what qualifies them
``number_unreal``      what did not happen to people: threats, plans and denials
``number_others``      another number of the same, by another speaker
``word_forms``         plurals and other forms of words that follow rules
``number_later``       what befell people as a later verb tells it
``number_lookup``      words for people, and for what happens to them
``number_sentences``   the words of a sentence as those who look for numbers see them
``number_people``      the people counted in a sentence
``number_before``      what the words before a number say of it
``number_wounds``      wounds, hospitals to which people are brought, and rescues
``number_harms``       what happened to the people counted
``number_single``      the one person whom a text does not count
``number_mentions``    numbers of people, and what happened to them
``speaker_verbs``      the verbs of speech in all their forms
``speaker_words``      the words of a sentence as those who look for speakers see them
``speaker_clauses``    what somebody says: a clause, a quote, a number
``speaker_sentences``  the verbs of speech in a sentence, told from nouns and names
``speaker_phrases``    the words of a sentence that name a speaker
``speaker_unlisted``   whoever speaks though no list of words has them
``speaker_subjects``   the words that are the subject of a verb of speech
``speaker_labels``     whoever is named before a colon or in brackets
``speaker_stances``    what somebody's words come to: a claim, a denial, nothing
``speaker_names``      who a speaker is, by what the text has said before
``speaker_mentions``   who says something, and what the verb makes of it
``event_lookup``       the words for what has happened, as tables
``event_mentions``     what has happened, and how groups are present
``site_mentions``      named sites that the reading of places leaves out
``acting_words``       what the words before the name of a group make of it
``acting``             which part a group has in an event
``profiles``           who somebody is, and what is untrue: no event
``scene_lookup``       words around places and dates that say which event these are of
``scene_asides``       places that stand for somebody, and "here" where nothing happened
``scene_frames``       words after which an event is only spoken of
``spoken_at``          where and when somebody spoke
``spoken_before``      the day of words, or of a burial, beside that of a deed
``numbered_days``      days of a month that stand alone at the head of entries
``scene_words``        what words around dates say of a scene
``scene_places``       which places of a sentence are those of its event
``scene``              what one sentence, or a part of it, tells
``fact_sheets``        lines such as "Date: …" and "Place: …" that tell of one event
``scene_context``      the place and date that a head gives to what follows
``scene_groups``       groups that a sentence only refers to
``scene_cuts``         where a sentence is cut, so that each part tells of one event
``scenes``             sentences, or parts of them, that tell of one event
``sameness``           whether places, or days, can be those of one event
``gathering``          the scenes of one event
``event_parts``        the groups and the places of an event
``summed_days``        the day that one sentence gives to several events
``event_days``         when an event was, or what is asked about it
``event_claims``       who says what about an event
``suggesting``         from gathered scenes to suggested records
``claim_wording``      titles of suggested records, and claims in a sentence
``report``             a text read as a whole
=====================  ============================================================
"""
