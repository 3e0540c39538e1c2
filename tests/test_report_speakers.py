"""Who speaks is found in any wording, and what is said decides whether it denies or claims."""

from __future__ import annotations

from datetime import date

import pytest
from short_texts import read_short

from geo.reports.mentions import SpeakerMention
from geo.reports.speaker_verbs import verb_forms


def spoken(text: str) -> list[tuple[str, SpeakerMention]]:
    report = read_short(text, date(2022, 5, 24))
    return [
        (one.text, one.value) for one in report.mentions if isinstance(one.value, SpeakerMention)
    ]


def speakers(text: str) -> list[tuple[str, str]]:
    return [(words, value.says) for words, value in spoken(text)]


WHO = {
    "Neighbours we spoke to said they heard cries.": ["Neighbours"],
    "Neighbours with whom we spoke said they heard cries.": ["Neighbours"],
    "Islamabad, in turn, blames Kabul.": ["Islamabad"],
    "The army's version: a truck had ignored signals.": ["The army"],
    "Five died, by the mayor's own count.": ["the mayor"],
    "In the ministry's view the village was a base.": ["the ministry"],
    "The ministry let it be understood that a mistake had been made.": ["The ministry"],
    "The emergency ward has registered nine dead.": ["The emergency ward"],
    "The mayor begs to differ.": ["The mayor"],
    "The WHO reported a rise in casualties.": ["The WHO"],
    "Iranian state television said that two had died.": ["Iranian state television"],
    "Reporters Without Borders condemned the arrest.": ["Reporters Without Borders"],
    "Voice of Unity said that two had died.": ["Voice of Unity"],
    "“It was a fight,” said Sgt. Bill Smith of the 10th Mountain Division.": ["Sgt. Bill Smith"],
    "Mullah Rahim phoned the agency to say that nine had died.": ["Mullah Rahim"],
    "Al-Huda boasted of the killing.": ["Al-Huda"],
    "Moscow expressed alarm at the fighting.": ["Moscow"],
    "The commander considers that a feud was behind it.": ["The commander"],
    "The shells fell behind the school, a stonemason said.": ["a stonemason"],
    "It was mined, a carpet dealer from Ghazni told us.": ["a carpet dealer from Ghazni"],
    "“It came from the hill,” said a juggler whose tent had burned.": ["a juggler"],
    "Carpet dealers say that the road is closed.": ["Carpet dealers"],
    "According to a juggler who saw it, four men fired.": ["a juggler"],
    "Those who fled say the men wore uniforms.": ["Those who fled"],
    "“We have nothing,” a woman holding a child said.": ["a woman"],
    "A man who gave his name only as Karim said three had gone.": ["A man"],
    "Haji Naim, head of the council, in a conversation with our reporter confirmed the raid.":
        ["Haji Naim"],
    "Elders list nine dead.": ["Elders"],
    "The officials neither confirmed nor denied that there was a raid.": ["The officials"],
    "KABUL (agency) - The deputy minister on Friday said that two had died.":
        ["The deputy minister"],
    "The announcer gave no figure.": ["The announcer"],
    "The army has not yet commented; the judge has given no reason.": ["the judge"],
    "Bakers could not say how many had died.": ["Bakers"],
    "The Press Circle calls for an immediate inquiry.": ["The Press Circle"],
    "The elders did not dispute the toll.": ["The elders"],
    "Residents contacted by phone told the BBC they had heard explosions.": ["Residents"],
    "In a statement released on Monday, the ministry said 15 had died.": ["the ministry"],
    "An eyewitness named Ahmad recounted: “We were sitting when it exploded.”":
        ["An eyewitness named Ahmad"],
    "The clashes were ongoing said Abdul Basir, spokesman for the governor.": ["Abdul Basir"],
    "Case still open, say police.": ["police"],
    "According to a statement issued by the governor's office, three died.":
        ["the governor's office"],
    "Two killed, four injured (hospital). Third blast heard at 1500 (locals).":
        ["hospital", "locals"],
    "Villagers speak of Chechens; the provincial police of men from abroad.":
        ["Villagers", "the provincial police"],
    "The council puts the dead at nine, the army at three.": ["The council", "the army"],
    "NATO and Afghan police said that fifty had died.": ["NATO", "Afghan police"],
    "A tribal leader who attended the jirga told me that they came from abroad.":
        ["A tribal leader"],
    "The mullah of the mosque, reached by phone, said seven had been buried.":
        ["The mullah of the mosque"],
    "The minister met elders in Gardez and promised them roads.": ["The minister"],
    "Ten were reported dead near the bridge by a member of parliament.":
        ["a member of parliament"],
    "Taliban by publishing a newsletter took the responsibility.": ["Taliban"],
    "The police, citing an informant, believe he crossed the border.": ["The police"],
    "Sources close to the Haqqani network claim that he is alive.":
        ["Sources close to the Haqqani network"],
    "But on Wednesday the Taliban disowned it.": ["the Taliban"],
    "For his part the governor denied it.": ["the governor"],
    "“Not one trench is lost,” retorted Mullah Hamdullah, a Taliban official.":
        ["Mullah Hamdullah"],
    "A Taliban spokesman, Mullah Obaid, denied by phone that any had died.":
        ["A Taliban spokesman"],
    "They left the district, in what the Defence Ministry called a regrouping.":
        ["the Defence Ministry"],
    "The police chief of that province said ten had died.": ["The police chief of that province"],
    "Eleven Taliban reported killed by the army corps.": ["the army corps"],
    "The Minister of State, Ministry of Defence (Lady Ickle): A device struck a patrol.":
        ["The Minister of State"],
    "An official who did not want to be named said ten had died.": ["An official"],
    "The Ministry of Interior extends its condolences to the relatives.":
        ["The Ministry of Interior"],
    "The Taliban claimed to have killed twelve soldiers.": ["The Taliban"],
    "A dentist, who had fled, said ten died.": ["A dentist"],
    "A neighbor disagreed.": ["A neighbor"],
    "Police termed it a feud.": ["Police"],
    "President Karzai called the strike unacceptable.": ["President Karzai"],
    "The agency pointed the finger at Pakistan.": ["The agency"],
    "The Taliban continue to deny it.": ["The Taliban"],
    "The chief of police appointed by the council denied it.": ["The chief of police"],
    "Ten died, the NRF claims.": ["the NRF"],
    "Zabihullah: “no war in Panjshir”": ["Zabihullah"],
    "IS claims 25 killed and wounded.": ["IS"],
    "Islamic State Khorasan Province said ten died.": ["Islamic State Khorasan Province"],
    "Ten died (police).": ["police"],
    "By the governor's account four men died.": ["the governor"],
    "In a statement attributed to the emir, the attack was called a victory.": ["the emir"],
    "The spokesman began by confirming that a post had been attacked.": ["The spokesman"],
    "The army was still insisting on Saturday that the road was open.": ["The army"],
    "They hold no district, as one of their commanders put it.": ["one of their commanders"],
    "The nest belonged, as the command's spokesman, Mawlawi Mahmud Shah, explained, to a gang.":
        ["the command's spokesman"],
    "A post was hit, so Zabihullah Mujahid reported by telephone.": ["Zabihullah Mujahid"],
    "By telephone a nurse said four had died.": ["a nurse"],
    "Elders of the said district say that the road is closed.":
        ["Elders of the said district"],
    "A man who gave only his first name, Karim, said the shots came from the hill.": ["A man"],
    "Soldiers fired first, maintained Haji Omar, an elder of the valley.": ["Haji Omar"],
    "Nobody was hurt, the mayor claims.": ["the mayor"],
    "The mayor spoke to this newspaper of ruins.": ["The mayor"],
    "The agency quoted a policeman as saying nine had died.": ["a policeman"],
    "The deaths were confirmed by two nurses.": ["two nurses"],
    "Two Member States placed the group at between 200 and 350 men.": ["Two Member States"],
    "UN monitors list new camps in two valleys.": ["UN monitors"],
    "Another doubted it.": ["Another"],
    "Four killed in blast: officials": ["officials"],
    "A dweller of the area, Haji Sattar, however said windows broke.": ["A dweller of the area"],
    "Two died near Zaranj, say survivors quoted by a radio.": ["survivors", "a radio"],
    "20:15 - source at the hospital: 2 dead": ["source"],
    "Ten died, a figure that a councillor called fantasy.": ["a councillor"],
    "Kabul police have the toll at six.": ["Kabul police"],
    "A UN report seen by this newspaper accuses both sides.": ["A UN report"],
    "The villagers are adamant that they were farmers.": ["The villagers"],
    "Kabul says nothing new; an accusation Tehran denies.": ["Kabul", "Tehran"],
    "The Red Crescent's coordinator said beds were short.":
        ["The Red Crescent's coordinator"],
    "A women's association abroad accuses the governor of torture.":
        ["A women's association abroad"],
    "The foreign ministry welcomed the offer.": ["The foreign ministry"],
    "A former Taliban officer likened it to a lottery.": ["A former Taliban officer"],
    "City health services registered 14 dead over the week.": ["City health services"],
    "“We are tired,” said Cpl. Anwar Sahak with a shrug.": ["Cpl. Anwar Sahak"],
    "What the mayor told us yesterday: two are dead.": ["the mayor"],
    "That is what the health office says.": ["the health office"],
    "Contrary to what local elders claimed, nobody had come.": ["local elders"],
    "Three shops burned down, the provincial directorate reports.":
        ["the provincial directorate"],
    "90 dead of the cold says the disaster ministry, and more may be missing.":
        ["the disaster ministry"],
    "Two wells were hit, for which the command expressed its regret.": ["the command"],
    "There is a letter in which the customs office complained of it.": ["the customs office"],
    "A surgeon with whom we talked wrote down nine names.": ["A surgeon"],
    "We note the words of the so-called minister of war, who says there is peace.":
        ["the so-called minister of war"],
    "Several States estimated that it had 90 men.": ["Several States"],
    "Claim: On its website, the NRF wrote that a truck burned.": ["the NRF"],
    "Asked about it, the mayor shrugged and said nobody tells him.": ["the mayor"],
    "The tribunal heard that the men had been shot.": ["The tribunal"],
}  # fmt: skip


@pytest.mark.parametrize("text", WHO)
def test_whoever_speaks_is_found_in_any_order_of_words(text):
    assert [words for words, _ in speakers(text)] == WHO[text]


SAYS = {
    "The family does not believe a word of it.": "doubt",
    "The army neither confirmed nor denied it.": "doubt",
    "The governor did not deny that there was a raid.": "doubt",
    "Travellers spoke of heavy bombing.": "occurrence",
    "Travellers spoke of nine dead.": "casualties",
    "The AFF claimed that attack in a video.": "responsibility",
    "The Taliban said that the movement does not harm aid workers.": "denial",
    "Reports of a damaged mosque are untrue, a spokesman said.": "denial",
    "The ministry said that the claim was false.": "denial",
    "Police HQ: no such incident.": "denial",
    "The Taliban say there are none.": "denial",
    "The AFF claims Friday's rocket attack on the base.": "responsibility",
    "The NRF says the ambush was theirs.": "responsibility",
    "The NRF has said its men did it.": "responsibility",
    "The NRF claimed 52 and 11 attacks.": "responsibility",
    "The governor denied any involvement of his men and spoke of ten dead.": "denial",
    "The Taliban claim it as usual.": "responsibility",
    "This attack the Taliban claimed.": "responsibility",
    "Claim: Taliban, revenge for a film.": "responsibility",
    "The Taliban issued a claim of responsibility within hours.": "responsibility",
    "The governor's office: nothing happened.": "denial",
    "Residents questioned the number.": "doubt",
    "The attack was claimed on Telegram by an unknown group.": "responsibility",
    "A diplomat called the claim plausible.": "occurrence",
    "The governor will have none of it.": "denial",
    'Zabihullah Mujahid says "not ours".': "denial",
    "Police say that is not so.": "denial",
    "Ten died, a figure that a councillor called fantasy.": "denial",
    "The elders found that hard to believe.": "doubt",
    "The general owned that mistakes were made.": "acknowledgement",
    "The AFF claimed on Friday to have killed two guards.": "responsibility",
    "The Taliban took responsibility within the hour and without regret.": "responsibility",
    "The governor said that he did not know who was behind it.": "occurrence",
    "The president rejected the offer of talks.": "occurrence",
    "An elder confirmed the raid but knew nothing about casualties.": "doubt",
    "The Taliban boasted of having sunk two ferries.": "responsibility",
    "A man phoned in the claim for the Taliban.": "responsibility",
    "The AFF said no, not us.": "denial",
}


@pytest.mark.parametrize("text", SAYS)
def test_what_is_said_decides_what_a_verb_makes_of_it(text):
    assert [says for _, says in speakers(text)] == [SAYS[text]]


SILENT = (
    "According to the plan, police will stay.",
    "What the authorities say",
    "Rumours said that he had fled.",
    "According to the law they must be freed.",
    "Men who went to ask after them were told that two shops had closed and taken calls from fans.",
    "The Taliban have said nothing.",
    "The mayor's account differs: four shops burned.",
    "The platoon called for air support.",
    "Weekly admissions note, 3 May",
    "Presenter: ten people died in the village.",
    "A sketch drawn and given by a judge was found.",
    "The Taliban attacked the post at dawn and held it until noon.",
    "Police found two bodies in the river.",
    "The Taliban proclaimed a ceasefire.",
    "The police, advised by coalition troops, arrested a man.",
    "Officials spoke on condition of anonymity.",
    "The Taliban judge who was shot in his car had ruled.",
    "Security is being provided by the police.",
    "The men attacked police posts earlier that day.",
    "Our researchers spoke to 91 persons.",
    "The group maintains families and camps in the valley.",
    "Persons accused of links with the front were detained.",
    "Afghan officials believed to be corrupt were dismissed.",
    "Troops detained a Taliban leader and two suspected insurgents.",
    "The security post reports to the town.",
    "Intelligence reports led the force to a compound.",
    "The force questioned residents and detained two men.",
    "The parliament dismissed the minister.",
    "The hospital admitted 12 wounded.",
    "The commander called the troops together.",
    "Taliban officials have not yet commented on the incident.",
    "Police called on him by loudspeaker.",
    "Two guests found asleep in the yard were held.",
    "WEEKLY SITUATION REPORT NO. 37",
    "Nothing further will be issued by this headquarters.",
    "A guard post in the valley was taken without a fight.",
    "The drivers were asked for papers by men with flags.",
    "Special report: air strike of 11 April in the valley",
    "An activist found dead in the river was buried.",
    "The men shouted and fired.",
    "There was no word from any group.",
    "The other side must know that it is wrong.",
    "Joint statement of the Ministry of Defence",
    "Troops looked for a man believed to store rockets there.",
    "There was no statement from the mayor.",
    "No word from the garrison.",
    "The patrol called for all occupants to come out.",
    "Two guards, who had one rifle, held until the shells were gone.",
    "The Taliban hold two nurses in Sangin until a tax is paid.",
    "According to preliminary information a child is hurt.",
    "The clinic's register was closed.",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_somebody_does_is_not_what_somebody_says(text):
    assert speakers(text) == []


def names(text: str) -> list[str]:
    return [value.name for _, value in spoken(text)]


def test_another_first_name_is_that_of_somebody_else():
    text = (
        "Sibghatullah Ahmadi said ten had died. Ahmadi added that two were hurt. "
        "Mirwais Ahmadi said that the road was open."
    )
    assert names(text) == ["nrf", "nrf", "Mirwais Ahmadi"]


def test_the_fighter_is_whoever_of_a_group_was_called_so_before():
    text = "A Taliban fighter said the man was shot. He fell, the fighter said."
    assert names(text) == ["taliban", "taliban"]


def test_a_name_before_a_verb_speaks_for_no_group_that_is_only_told_of():
    text = "The governor's office in Qala-e Naw says ten Taliban died. It was in Naw, Naw said."
    assert "taliban" not in names(text)


def test_who_once_was_of_a_group_does_not_speak_for_it():
    assert names("A former Taliban official said the road was open.") == [
        "A former Taliban official"
    ]


def test_supporters_of_a_group_do_not_speak_for_it():
    assert names("Sympathisers of the Taliban claimed that ten had died.") == [
        "Sympathisers of the Taliban"
    ]


def test_who_was_appointed_by_a_group_speaks_for_it():
    assert names("The chief of police appointed by the Taliban denied it.") == ["taliban"]


def test_a_number_of_a_date_in_a_heading_is_nothing_that_is_told():
    assert names("Afghanistan Freedom Front: balance of the year 1401\n\nA post burned.") == []


def test_a_remark_introduces_a_name_of_one_word():
    assert names("Karimi, the Taliban's mouthpiece, claimed the attack.") == ["taliban"]


def test_a_verb_is_listed_once_for_all_of_its_forms():
    assert verb_forms("stress", {}) == ("stress", "stresses", "stressed")
    assert verb_forms("say", {"say": ["said"]}) == ("say", "says", "said")
