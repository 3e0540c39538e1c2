"""Numbers of people in the words of many authors: what befell them, and who is counted together."""

import pytest

from geo.reports.number_mentions import number_mentions


def counted(text):
    """Every figure as it reads: ``4 killed, 2+ injured``."""
    return ", ".join(f"{_figure(one.value)} {one.value.of_what}" for one in number_mentions(text))


def _figure(value):
    if value.best is not None:
        return str(value.best) if value.low == value.high == value.best else f"~{value.best}"
    if value.low is not None:
        return f"{value.low}-{value.high}" if value.high is not None else f"{value.low}+"
    return "?" if value.high is None else f"-{value.high}"


TOLD = {
    "Six villagers reached the exalted rank of martyrdom.": "6 killed",
    "Two guards did not live to see the evening.": "2 killed",
    "About thirty rebels were liquidated at the approaches.": "~30 killed",
    "Gunmen enter a clinic and shoot four people.": "4 killed",
    "Nine members of one family have been buried.": "9 killed",
    "Seven are buried behind the orchard.": "7 killed",
    "They showed us the graves of three herdsmen.": "3 killed",
    "Two miners were buried under the rubble.": "",
    "Our losses: one martyr.": "1 killed",
    "Two stragglers were seized.": "2 captured",
    "Five were roped together and led uphill.": "5 captured",
    "A cameraman vanishes on the road north.": "1 captured",
    "Armed men have taken with themselves four labourers.": "4 captured",
    "Eight soldiers are in Taliban hands.": "8 captured",
    "A report on the hands of eight soldiers is read.": "",
    "Three others were made prisoner.": "3 captured",
    "Two more were flown to Camp Stone with wounds.": "2 injured",
    "Four were taken by helicopter to a field hospital.": "4 injured",
    "Two nurses, including a trainee, escaped with cuts.": "2 injured",
    "Both pilots were treated for bruises.": "2 injured",
    "Ten more people carry wounds.": "10 injured",
    "Twelve people received 39 lashes each.": "12 other",
}


@pytest.mark.parametrize("text", TOLD)
def test_what_befell_people_is_told_in_other_words(text):
    assert counted(text) == TOLD[text]


AGES = {
    "Three sisters, 4, 7 and 9 years old, were killed.": "3 killed",
    "Two boys (5 and 8) were injured.": "2 injured",
    "A bomb killed a radio reporter, 33, in the city.": "1 killed",
    "Four boys, 12 men and a nurse were killed.": "4 killed, 12 killed, 1 killed",
    "Three cousins aged 9, 11 and 13 were killed.": "3 killed",
    "Boys of 8 and 10 were herding goats when two men were shot.": "2 killed",
    "An 11-year-old and his brother were hurt.": "2 injured",
}


@pytest.mark.parametrize("text", AGES)
def test_ages_beside_people_count_nobody(text):
    assert counted(text) == AGES[text]


TOGETHER = {
    "He and five others were killed.": "6 killed",
    "She and her driver lost their lives.": "2 killed",
    "The governor and at least three of his guards were wounded.": "4+ injured",
    "His brother and two passers-by are injured.": "3 injured",
    "It killed the neighbour and her grown son.": "2 killed",
    "A mine killed a mother and her four children.": "5 killed",
    "A nurse and two patients were hurt.": "1 injured, 2 injured",
    "Driver and passenger killed": "2 killed",
    "A couple was shot dead at home.": "2 killed",
    "Robbers killed him and his two sons.": "3 killed",
    "A clerk was killed, his wife injured.": "1 killed, 1 injured",
    "It left six dead and four with burns.": "6 killed, 4 injured",
    "Eight people - two of them children - died.": "8 killed",
    "Two of the nine travellers were shot.": "2 killed",
}


@pytest.mark.parametrize("text", TOGETHER)
def test_who_is_told_of_together_is_counted_together(text):
    assert counted(text) == TOGETHER[text]


BETWEEN = {
    "Eight people in it were killed.": "8 killed",
    "A cook from Herat who had worked there for six years was shot dead.": "1 killed",
    "Two persons who opened fire were killed and one was arrested.": "2 killed, 1 captured",
    "Her nephew has not been seen since.": "1 captured",
    'The group says it shot "many" who had laid down their arms.': "? killed",
    "UNAMA attributed 74 per cent of casualties to mines.": "",
}


@pytest.mark.parametrize("text", BETWEEN)
def test_words_between_people_and_what_befell_them_are_passed_over(text):
    assert counted(text) == BETWEEN[text]


UNREAL = [
    "The group has never killed a civilian.",
    "They did not kill three men, a spokesman said.",
    "He threatened to kill two hostages.",
    "A plot to abduct five judges was uncovered.",
    "The charge could have killed forty people.",
    "Two convicts are to be hanged.",
    "None of the over 60 passengers was hurt.",
    "Seven hideouts were liquidated.",
]


@pytest.mark.parametrize("text", UNREAL)
def test_what_did_not_happen_is_no_figure(text):
    assert counted(text) == ""


OTHERS = {
    "He led some 30 fighters and was shot in a raid.": "",
    "Two children were among the five killed.": "5 killed",
    "The mother of the boy was injured.": "1 injured",
    "Most of the over 60 wounded are civilians.": "61+ injured",
    "Half of the eighty men surrendered.": "",
    "His son, 14, was killed too.": "1 killed",
    "Former prosecutor gunned down in a bazaar": "1 killed",
    "May 3 - 14 policemen were killed.": "14 killed",
    "Sixty had to be hospitalised.": "60 injured",
    "Two officers fell into the hands of the rebels.": "2 captured",
    "The council said 14 people were killed. The police put it at nine.": "14 killed, 9 killed",
    "The council said 14 were killed, a figure the police puts at nine.": "14 killed, 9 killed",
    "Death toll in market blast climbs to 12": "12 killed",
}


@pytest.mark.parametrize("text", OTHERS)
def test_a_number_is_of_those_whom_the_words_mean(text):
    assert counted(text) == OTHERS[text]


AROUND = {
    "They sent seven hirelings to hell.": "7 killed",
    "His men killed six and took one alive.": "6 killed, 1 captured",
    "The patrol saw three men planting a bomb and killed them.": "3 killed",
    "Five policemen chased robbers and killed them.": "",
    "The force found two men in a shed and took them into custody.": "2 captured",
    "Two others, a son-in-law and a guest, were hooded.": "2 captured",
    "Five people, including a policeman and two civilians, were injured.": "5 injured",
    "Ten people, including two children, and six guards were killed.": "10 killed, 6 killed",
    "The clinic received twenty wounded, of whom three later died.": "20 injured, 3 killed",
    "Two of them were killed, the third is in custody.": "2 killed, 1 captured",
    "An aircraft engaged four gunmen seen beside a culvert. All were killed.": "4 killed",
    "They met six travellers. All of them were detained.": "6 captured",
    "They met six travellers and two herders. All were detained.": "",
}


@pytest.mark.parametrize("text", AROUND)
def test_what_befell_people_can_be_told_around_them_or_of_them_later(text):
    assert counted(text) == AROUND[text]


LATER = {
    "He and five others, among them his driver, lost their lives.": "6 killed",
    "Two boys were hit by gunfire from a helicopter and died.": "2 killed",
    "Three guards were wounded and later died.": "3 killed",
    "They took a cook from a taxi and shot him.": "1 killed",
    "Eleven traders, mostly from the north, were dragged off two buses.": "11 captured",
    "Four men were pulled from the rubble.": "",
    "Word reached the kin of the two soldiers, who died on Friday.": "2 killed",
    "Gunmen stopped three teachers, who shot at them.": "",
    "Bandits led off its five occupants.": "5 captured",
    "They killed the deputy head of a rural court, two guards and a cook.":
        "1 killed, 2 killed, 1 killed",
}  # fmt: skip


@pytest.mark.parametrize("text", LATER)
def test_the_last_and_gravest_that_befell_people_counts(text):
    assert counted(text) == LATER[text]


IN_WORDS = {
    "Two hundred and forty-one people were killed.": "241 killed",
    "One hundred and five were injured.": "105 injured",
    "About 30 to 40 fighters were killed.": "30-40 killed",
    "Five, perhaps six, men were killed.": "5-6 killed",
    "A shell killed a family of five.": "5 killed",
    "A patrol of ten was wiped out.": "10 killed",
    "None of the six attackers survived.": "6 killed",
    "Not one of the twelve survived.": "12 killed",
    "A man, his wife and three children were wounded.": "5 injured",
    "The driver and both guards were killed.": "3 killed",
    "Three generations of a family died.": "",
    "The police counted 10 dead. Hospital: 12.": "10 killed, 12 killed",
    "A prisoner handed from one guard to another was executed.": "1 killed",
}


@pytest.mark.parametrize("text", IN_WORDS)
def test_numbers_in_words_and_of_families_are_read(text):
    assert counted(text) == IN_WORDS[text]


AFTERWARDS = {
    "The shell killed two boys and left a third with a bullet in the hip.": "2 killed, 1 injured",
    "Two aunts died and another is fighting for her life.": "2 killed, 1 injured",
    "A passenger at the back survived, with a fractured wrist.": "1 injured",
    "Two of her pupils are now in the clinic of the town.": "2 injured",
    "One generator is in the hospital.": "",
    "Six children were operated on.": "6 injured",
    "Three were carried off wounded by their comrades.": "3 injured",
    "Two drivers caught in the crossfire were hurt.": "2 injured",
    "Supply convoy hit: four guards lost, two trucks burnt.": "4 killed",
    "Rebels slit the throats of four drivers.": "4 killed",
    "Today they searched the hamlet and took seven men, the eldest 80.": "7 captured",
    "It took seven men to lift the beam.": "",
    "Agents took a poet, Sami Wafa, from his home.": "1 captured",
    "Four suspects were introduced to the judiciary.": "4 captured",
    "Thirty-one have been set free.": "31 other",
    "At least 17 people are now known to have died.": "17+ killed",
}


@pytest.mark.parametrize("text", AFTERWARDS)
def test_where_people_are_afterwards_says_what_befell_them(text):
    assert counted(text) == AFTERWARDS[text]


NOBODY = {
    "No American was injured.": "",
    "His party calls the killing a family quarrel.": "",
    "It killed six and wounded at least ten, police and a village doctor said.":
        "6 killed, 10+ injured",
    "A boy, seven, was killed.": "1 killed",
    "The 61-year-old was shot dead in his shop.": "1 killed",
    "The cook and a guest survived with burns.": "2 injured",
}  # fmt: skip


@pytest.mark.parametrize("text", NOBODY)
def test_words_beside_a_number_that_count_nobody_are_passed_over(text):
    assert counted(text) == NOBODY[text]


SECOND_VERBS = {
    "His bodyguard drew a pistol and was shot.": "1 killed",
    "Two gunmen opened fire on a patrol and were arrested.": "2 captured",
    "He met two officers and was arrested.": "",
    "A singer was summoned by the police, and has been held since without charge.": "1 captured",
    "Relatives of two brothers say policemen took them away in April.": "2 captured",
    "Two gunmen came to the gate. When a guard opened, they killed him.": "",
    "The relatives demand the release of two poets, in custody since May.": "2 captured",
    "Three singers held in the capital for a song": "3 captured",
    "The chief was killed with four of his men.": "1 killed, 4 killed",
    "A bomb-maker was detained with two pistols.": "1 captured",
    "Two monitors and two guards, four victims in all, were buried.":
        "2 killed, 2 killed, 4 killed",
}  # fmt: skip


@pytest.mark.parametrize("text", SECOND_VERBS)
def test_a_later_verb_of_the_same_people_tells_what_befell_them(text):
    assert counted(text) == SECOND_VERBS[text]


NAMED = {
    "Rebels arrested the tribal elder Haji Rahim in his orchard.": "1 captured",
    "A mine killed district police chief Sher Khan.": "1 killed",
    "Commander Zahir and four of his men were killed.": "5 killed",
    "Mullah Salim and his two sons were arrested.": "3 captured",
    "Sher Khan and four policemen were killed.": "4 killed",
    "A poet, Sami Wafa, was arrested.": "1 captured",
    "They captured two pickups and six recruits.": "6 captured",
    "They captured two pickups and six rifles.": "",
    "Four men from one family were buried.": "4 killed",
}


@pytest.mark.parametrize("text", NAMED)
def test_names_and_things_beside_people_are_told_apart(text):
    assert counted(text) == NAMED[text]


DEAD_LATER = {
    "A cook was taken from his house. His body, with marks of beating, lay by the road at dawn.":
        "1 killed, 1 killed",
    "Rebels abducted two teachers. Their bodies were found on Friday.": "2 killed",
    "Rebels abducted two teachers. They were later shot.": "2 killed",
    "Rebels abducted two teachers. They were later freed.": "2 captured",
    "Rebels abducted two teachers and killed a guard. He was shot at the gate.":
        "2 captured, 1 killed",
}  # fmt: skip


@pytest.mark.parametrize("text", DEAD_LATER)
def test_captives_whose_death_the_next_sentence_tells_are_killed(text):
    assert counted(text) == DEAD_LATER[text]


ELSEWHERE = {
    "Five were killed in the bazaar, two at the gate and one on the way home.":
        "5 killed, 2 killed, 1 killed",
    "The governor spoke of three dead, the villagers of seven.": "3 killed, 7 killed",
    "The governor spoke of three dead. Villagers say seven.": "3 killed, 7 killed",
    "An ambulance took away three dead.": "3 killed",
    "They captured three wounded soldiers.": "3 captured",
    "His son Omid, 12, was killed.": "1 killed",
    "His daughter, aged 9, was injured.": "1 injured",
    "Her husband and son were killed.": "2 killed",
    "They led my uncle away.": "1 captured",
    "The court holds the mayor responsible.": "",
    "The fate of six others is unknown.": "6 captured",
    "As a result three recruits died and two got wounds.": "3 killed, 2 injured",
}  # fmt: skip


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_befell_some_people_is_told_of_others_beside_them(text):
    assert counted(text) == ELSEWHERE[text]


FURTHER = {
    "A policeman was on his way home when he was shot.": "1 killed",
    "Two boys were collecting scrap when they were killed by a shell.": "2 killed",
    "A shell killed a woman and wounded her daughter.": "1 killed, 1 injured",
    "Editor Amina Rahimi has been detained.": "1 captured",
    "We mourn two comrades.": "2 killed",
    "Armed men took her and her sister away.": "2 captured",
    "Two clerks of a company working on the road to Zaranj were abducted.": "2 captured",
    "Six of the villagers who fled were hit by shells and died.": "6 killed",
    "Eight guests and the bride were killed.": "8 killed, 1 killed",
    "The gunman, too, was killed.": "1 killed",
    "A guard died, as did two clerks.": "1 killed, 2 killed",
}


@pytest.mark.parametrize("text", FURTHER)
def test_what_befell_people_is_told_in_another_clause(text):
    assert counted(text) == FURTHER[text]
