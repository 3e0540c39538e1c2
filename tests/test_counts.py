"""Tables that count events never become events, whatever they are called and whoever maps them."""

from __future__ import annotations

import events as made
import pytest
from typer.testing import CliRunner

from geo.cli.main import app
from geo.errors import IntakeError
from geo.events.importing.importing import import_file
from geo.events.mapping.mapping import ColumnMapping

TABLES = {
    "hapi": """\
location_code,has_hrp,admin1_code,admin1_name,admin2_name,event_type,events,fatalities,\
reference_period_start,reference_period_end
AFG,True,AF17,Badakhshan,Jurm,political_violence,0,0,2025-01-01,2025-01-31
AFG,True,AF17,Badakhshan,Jurm,civilian_targeting,3,2,2025-01-01,2025-01-31
""",
    "hapi of ones": """\
location_code,admin1_name,event_type,events,reference_period_start
AFG,Badakhshan,political_violence,1,2025-01-01
""",
    "hdx monthly": """\
Country,Admin1,Admin2,ISO3,Admin2 Pcode,Admin1 Pcode,Month,Year,Events,Fatalities
Afghanistan,Paktya,Zurmat,AFG,AF1303,AF13,January,2025,0,0
""",
    "acled weekly": """\
WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,POPULATION_EXPOSURE,\
DISORDER_TYPE,ID,CENTROID_LATITUDE,CENTROID_LONGITUDE
2024-01-06,Caucasus,Afghanistan,Balkh,Battles,Armed clash,2,5,,Political violence,1,36.7,66.9
""",
    "overview": """\
Country,Year,Country ISO,Number Of Events,Total number of camp residents killed
Afghanistan,2023,AFG,1,2
""",
    "quick chart": """\
Country ISO3,Year,Indicator Name,Value
#country+code,#date+year,#indicator+name,#indicator+value+num
AFG,2023,Battle-related deaths,1201
""",
    "one column for each type": """\
country,event_date,Battles_Armed clash,Protests_Peaceful protest,Riots_Mob violence,Arrests
Afghanistan,2017-01-06,155.0,3.0,0.0,4
""",
    "by hand": "date,province,events\n2024-01-31,Kunduz,4\n2024-01-31,Balkh,0\n",
    "by hand, in words": "when,province,No. of incidents\n2024-01-31,Kunduz,4\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_counts_is_refused_and_said_to_be_one(country, data_folder, name):
    data = TABLES[name].encode()
    said = r"^a\.csv: this is a table of counts, not a list of events: .* Get the list of events"
    with pytest.raises(IntakeError, match=said):
        import_file(data, country, made.registry(data_folder), file="a.csv")
    first = TABLES[name].partition("\n")[0].split(",")
    mapping = ColumnMapping({"date": first[1], "province": first[0]})
    with pytest.raises(IntakeError, match=said):
        import_file(data, country, made.registry(data_folder), file="a.csv", mapping=mapping)


@pytest.mark.parametrize("name", ["hapi", "by hand"])
@pytest.mark.parametrize("given", [(), ("--map", "date=date,province=province")])
def test_the_command_line_proposes_nothing_for_counts(tmp_path, name, given):
    file = tmp_path / "a.csv"
    file.write_text(TABLES[name], encoding="utf-8")
    for out in ("b.parquet", "B"):
        result = CliRunner().invoke(
            app, ["import", str(file), "--out", str(tmp_path / out), *given]
        )
        assert result.exit_code == 2
        assert "this is a table of counts" in " ".join(result.stderr.split())
        assert "--map" not in result.stderr
        assert not (tmp_path / out).exists()


@pytest.mark.parametrize("lines", [
    ("date,province,events", "2024-01-31,Kunduz,A clash near the bridge"),
    ("date,province,events", "2024-01-31,Kunduz,1", "2024-02-01,Balkh,1"),
    ("date,province,event,killed", "2024-01-31,Kunduz,Battles,4"),
    ("date,province,incident number", "2024-01-31,Kunduz,4"),
    ("date,province,Battles,Riots,Protests", "2024-01-31,Kunduz,1,0,0"),
    ("date,province,value", "2024-01-31,Kunduz,4"),
])  # fmt: skip
def test_a_list_of_events_is_not_taken_for_counts(country, data_folder, lines):
    mapping = ColumnMapping({"date": "date", "province": "province"})
    found = import_file("\n".join(lines).encode(), country, made.registry(data_folder),
                        mapping=mapping)  # fmt: skip
    assert found.events.num_rows == len(lines) - 1
