/*
 * The map by provinces only: every record that lies in a province counts for the whole of it, and
 * nothing is drawn at a point. Each province says two numbers that are never one: what only a
 * party claims, and what others report. Regions keep their outlines.
 */
(function (IM) {
  'use strict';

  /** The numbers of a province, in order; the last stands there only where there is something to count. */
  IM.TALLIES = [
    { stroke: 'dashed', label: 'Only a party says so', words: 'claimed only', statuses: ['claimed_only'] },
    { stroke: 'solid', label: 'Reported or verified by others', words: 'reported or verified by others',
      statuses: ['reported', 'corroborated', 'verified'] },
    { stroke: 'split', label: 'Contested, or shown to be false', words: 'contested or shown to be false', statuses: ['disputed', 'refuted'] },
  ];

  const LADDERS = [
    [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]],
    [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]],
    [[1, 2], [3, 5], [6, 10], [11, 15], [16, 25]],
    [[1, 5], [6, 20], [21, 50], [51, 100], [101, 250]],
    [[1, 20], [21, 100], [101, 500], [501, 2000], [2001, Infinity]],
  ];

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

  /**
   * The steps of the shading. They follow from all records, so that filtering changes no meaning.
   * @returns {Object[]} `from: number, to: number, shade: number` 1 to 5
   */
  IM.shadeSteps = function (model) {
    if (!model.shadeSteps) {
      const most = Math.max(0, ...IM.tallies(model, model.records).map((records) => records.length));
      const ladder = LADDERS.find((steps) => steps[4][1] >= most);
      model.shadeSteps = ladder.filter(([from]) => from <= most).map(([from, to], i) => ({ from, to, shade: i + 1 }));
    }
    return model.shadeSteps;
  };

  /** The shade of each province for these records, 0 where there is none. */
  IM.shadesOf = function (model, records) {
    const steps = IM.shadeSteps(model);
    return IM.tallies(model, records).map(({ length }) => {
      const step = steps.find(({ from, to }) => length >= from && length <= to);
      return step ? step.shade : 0;
    });
  };

  function chipsOf(model, records) {
    const counted = IM.TALLIES.map(({ stroke, statuses }) => ({
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
  IM.tallyWords = function (plate) {
    const parts = plate.chips.map((chip) => chip.count + ' ' + IM.TALLIES.find((tally) => tally.stroke === chip.stroke).words);
    return plate.name + ': ' + IM.count(plate.records.length, 'record') + ' in the province. ' + parts.join(', ');
  };
})((window.IncidentMap = window.IncidentMap || {}));
