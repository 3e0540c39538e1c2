/*
 * The map by provinces only: every record that lies in a province counts for the whole of it, and
 * nothing is drawn at a point. Each province says two numbers that are never one: what only a
 * party claims, and what others report. Regions keep their outlines.
 */
(function (IM) {
  'use strict';

  /** Positions of the provinces in which a record lies, by a place, a district or the whole province. */
  IM.provincesOf = function (model, record) {
    const found = new Set();
    for (const place of record.places) {
      const drawn = IM.drawnAs(model, place);
      if (drawn === 'none' || (drawn === 'region' && place.area && model.outlineOf.has(place.area))) continue;
      place.provinces.forEach((position) => found.add(position));
    }
    return [...found];
  };

  /** The records of each province. */
  IM.tallies = function (model, records) {
    const found = model.provinceList.map(() => []);
    for (const record of records) IM.provincesOf(model, record).forEach((position) => found[position].push(record));
    return found;
  };

  /** The shade of each province for these records, 0 where there is none. */
  IM.shadesOf = function (model, records) {
    return IM.tallies(model, records).map(({ length }) => {
      const step = model.shadeSteps.find(({ first, last }) => length >= first && (last === null || length <= last));
      return step ? step.shade : 0;
    });
  };

  function chipsOf(model, records) {
    const counted = model.tallies.map(({ stroke, statuses }) => ({
      groups: [0], plain: true, kind: 'incident', stroke, inferred: 0,
      count: records.filter((record) => statuses.includes(model.statuses[record.status].key)).length,
    }));
    return counted.filter((chip) => chip.stroke !== 'split' || chip.count > 0);
  }

  /**
   * The plates of the map by provinces: two numbers for each province with records, and the plates
   * of the regions as they always are.
   * @returns {Object[]}
   */
  IM.tallyPlates = function (model, ground, records) {
    const plates = [];
    IM.tallies(model, records).forEach((those, position) => {
      if (!those.length) return;
      const province = model.provinceList[position];
      plates.push({ key: 'province:' + province.code, name: province.name, province: position, area: null, isRegion: false,
        isTally: true, records: those, chips: chipsOf(model, those), at: { lat: province.lat, lon: province.lon } });
    });
    return plates.concat(IM.platesOf(model, ground, records).filter((plate) => plate.isRegion));
  };

  /** What a screen reader says of the numbers of a province. */
  IM.tallyWords = function (model, plate) {
    const parts = plate.chips.filter((chip) => !chip.isEvents).map((chip) => chip.count + ' ' + model.tallies.find((tally) => tally.stroke === chip.stroke).words);
    return plate.name + ': ' + IM.plateCount(plate) + ' in the province. ' + parts.join(', ');
  };
})((window.IncidentMap = window.IncidentMap || {}));
