"""Make ``geo/places/country/countries.csv``: names and numbers of the world's countries.

Run from the project's root with ``python -m tools.build_countries [CACHE]``. Codes and names are
OCHA's list of countries and territories; the numbers of UCDP GED are those of Gleditsch and Ward.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from geo.files import write_whole
from tools.build_inputs import OCHA_CODES, ROOT, cache_folder

TARGET: Final = ROOT / "geo" / "places" / "country" / "countries.csv"
MEMBER: Final = (
    "hdx_python_country-4.2.5/src/hdx/location/"
    "Countries & Territories Taxonomy MVP - C&T Taxonomy.csv"
)
NAME: Final = ("English Short", "Preferred Term", "ISO Alt Term", "M49 English")
OTHER_NAMES: Final = (
    "Preferred Term", "ISO Alt Term", "DGACM Alt Term", "RW Short Name", "English Short",
    "M49 English", "English Formal",
)  # fmt: skip
USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "BO": ("Bolivia",), "BN": ("Brunei",), "CD": ("DR Congo", "Zaire", "DRC"),
    "CG": ("Congo", "Republic of Congo"), "CI": ("Ivory Coast",), "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",), "FM": ("Micronesia",), "GB": ("United Kingdom", "UK"),
    "IR": ("Iran",), "KH": ("Kampuchea",), "KP": ("North Korea",), "KR": ("South Korea",),
    "LA": ("Laos",), "MD": ("Moldova",), "MG": ("Malagasy",),
    "MK": ("Macedonia", "Macedonia, FYR", "FYR Macedonia"), "MM": ("Burma",),
    "PS": ("Palestine",), "RS": ("Yugoslavia",), "RU": ("Russia", "Soviet Union"),
    "SY": ("Syria",), "SZ": ("Swaziland", "Kingdom of Eswatini"), "TL": ("East Timor",),
    "TR": ("Turkey",), "TZ": ("Tanzania",), "US": ("United States", "USA"),
    "VE": ("Venezuela",), "VN": ("Vietnam", "North Vietnam"), "YE": ("North Yemen",),
    "ZW": ("Rhodesia",),
}  # fmt: skip
"""Names in event data and newspapers, such as the one UCDP adds in "Myanmar (Burma)"."""
GLEDITSCH_WARD: Final = """
US 2 CA 20 BS 31 CU 40 HT 41 DO 42 JM 51 TT 52 BB 53 MX 70 BZ 80 GT 90 HN 91 SV 92 NI 93 CR 94
PA 95 CO 100 VE 101 GY 110 SR 115 EC 130 PE 135 BR 140 BO 145 PY 150 CL 155 AR 160 UY 165 GB 200
IE 205 NL 210 BE 211 LU 212 FR 220 CH 225 ES 230 PT 235 DE 260 PL 290 AT 305 HU 310 CZ 316 SK 317
IT 325 MT 338 AL 339 RS 340 ME 341 MK 343 HR 344 BA 346 SI 349 GR 350 CY 352 BG 355 MD 359 RO 360
RU 365 EE 366 LV 367 LT 368 UA 369 BY 370 AM 371 GE 372 AZ 373 FI 375 SE 380 NO 385 DK 390 IS 395
CV 402 GW 404 GQ 411 GM 420 ML 432 SN 433 BJ 434 MR 435 NE 436 CI 437 GN 438 BF 439 LR 450 SL 451
GH 452 TG 461 CM 471 NG 475 GA 481 CF 482 TD 483 CG 484 CD 490 UG 500 KE 501 TZ 510 BI 516 RW 517
SO 520 DJ 522 ET 530 ER 531 AO 540 MZ 541 ZM 551 ZW 552 MW 553 ZA 560 NA 565 LS 570 BW 571 SZ 572
MG 580 KM 581 MU 590 MA 600 DZ 615 TN 616 LY 620 SD 625 SS 626 IR 630 TR 640 IQ 645 EG 651 SY 652
LB 660 JO 663 IL 666 SA 670 YE 678 KW 690 BH 692 QA 694 AE 696 OM 698 AF 700 TM 701 TJ 702 KG 703
UZ 704 KZ 705 CN 710 MN 712 TW 713 KP 731 KR 732 JP 740 IN 750 BT 760 PK 770 BD 771 MM 775 LK 780
MV 781 NP 790 TH 800 KH 811 LA 812 VN 816 MY 820 SG 830 BN 835 PH 840 ID 850 TL 860 AU 900 PG 910
NZ 920 SB 940 FJ 950
"""
"""Gleditsch and Ward, "A Revised List of Independent States since 1816", 1999, by ISO code."""


def main() -> None:
    """Write the file."""
    text = OCHA_CODES.member(cache_folder(), MEMBER).decode("utf-8-sig")
    numbers = GLEDITSCH_WARD.split()
    ucdp = dict(zip(numbers[::2], numbers[1::2], strict=True))
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("alpha2", "alpha3", "iso", "ucdp", "name", "also"))
    for row in sorted(_countries(text), key=lambda row: row["ISO 3166-1 Alpha 2-Codes"]):
        code = row["ISO 3166-1 Alpha 2-Codes"]
        name, *others = _names(row, USUAL.get(code, ()))
        writer.writerow((
            code, row["ISO 3166-1 Alpha 3-Codes"], row["m49 numerical code"], ucdp.get(code, ""),
            name, ";".join(others),
        ))  # fmt: skip
    write_whole(TARGET, target.getvalue().encode())
    print(f"{TARGET.name}: {len(target.getvalue().splitlines()) - 1} countries")


def _countries(text: str) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(io.StringIO(text)):
        if row["ISO 3166-1 Alpha 2-Codes"] and row["ISO 3166-1 Alpha 3-Codes"]:
            yield row


def _names(row: Mapping[str, str], usual: tuple[str, ...]) -> list[str]:
    """All names, the one to show first: the usual one if it differs from the official one."""
    official = next((row[column] for column in NAME if row[column]), "")
    found = [usual[0]] if usual and official.startswith(usual[0]) else [official]
    found += [row[column].removeprefix("the ") for column in OTHER_NAMES if row[column]]
    return list(dict.fromkeys([*found, *usual]))


if __name__ == "__main__":
    main()
