/*
 * References in the Military Grid Reference System (NGA.STND.0037, Universal Grids and Grid Reference
 * Systems, 2014) on the WGS 84 ellipsoid, between 80° S and 84° N.
 *
 * The projection is transverse Mercator by Krüger's series in the third flattening, to its third
 * power (Karney 2011, Journal of Geodesy 85: 475-485), with errors below a millimetre within a zone.
 */

/** Semi-major axis in metres and flattening of WGS 84 (NGA.STND.0036, version 1.0.0, 2014, table 3.1). */
const AXIS = 6378137;
const FLATTENING = 1 / 298.257223563;
const THIRD = FLATTENING / (2 - FLATTENING);
const RADIUS = (AXIS / (1 + THIRD)) * (1 + THIRD ** 2 / 4 + THIRD ** 4 / 64);
const SERIES = [
  THIRD / 2 - (2 / 3) * THIRD ** 2 + (5 / 16) * THIRD ** 3,
  (13 / 48) * THIRD ** 2 - (3 / 5) * THIRD ** 3,
  (61 / 240) * THIRD ** 3,
];
/** Scale on the central meridian of a zone, false easting, and false northing south of the equator (NGA.STND.0037). */
const SCALE = 0.9996;
const EAST = 500000;
const SOUTH = 10000000;

const BANDS = 'CDEFGHJKLMNPQRSTUVWXX';
const COLUMNS = ['ABCDEFGH', 'JKLMNPQR', 'STUVWXYZ'];
const ROWS = 'ABCDEFGHJKLMNPQRSTUV';
/** Side in metres of the square identified by two letters. */
const SQUARE = 100000;

/** The UTM zone: six degrees wide, with the exceptions for Norway and Svalbard. @param {number} lat @param {number} lon */
function zoneOf(lat, lon) {
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
  if (lat >= 72 && lon >= 0 && lon < 42) return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
  return Math.min(60, Math.floor((lon + 180) / 6) + 1);
}

/** Metres east and north in a zone. @param {number} lat @param {number} lon @param {number} zone */
function projected(lat, lon, zone) {
  const [phi, away] = [(lat * Math.PI) / 180, ((lon - (zone * 6 - 183)) * Math.PI) / 180];
  const eccentricity = Math.sqrt(FLATTENING * (2 - FLATTENING));
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - eccentricity * Math.atanh(eccentricity * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(away));
  const eta = Math.atanh(Math.sin(away) / Math.hypot(1, t));
  let [x, y] = [eta, xi];
  SERIES.forEach((factor, at) => {
    const twice = 2 * (at + 1);
    x += factor * Math.cos(twice * xi) * Math.sinh(twice * eta);
    y += factor * Math.sin(twice * xi) * Math.cosh(twice * eta);
  });
  return { east: EAST + SCALE * RADIUS * x, north: (lat < 0 ? SOUTH : 0) + SCALE * RADIUS * y };
}

/**
 * The reference of the square that contains a point, or '' outside the grid.
 * @param {number} lat
 * @param {number} lon
 * @param {number} digits of easting and of northing: 5 for a square of 1 m, 0 for 100 km
 * @returns {string} such as "42S WD 16 20"
 */
export function mgrsOf(lat, lon, digits) {
  if (!(lat >= -80 && lat <= 84 && lon >= -180 && lon <= 180)) return '';
  const zone = zoneOf(lat, lon);
  const { east, north } = projected(lat, lon, zone);
  const column = COLUMNS[(zone - 1) % 3][Math.floor(east / SQUARE) - 1];
  const row = ROWS[(Math.floor(north / SQUARE) + (zone % 2 ? 0 : 5)) % 20];
  /** @param {number} metres */
  const within = (metres) => String(Math.floor(metres % SQUARE)).padStart(5, '0').slice(0, digits);
  const figures = digits ? ' ' + within(east) + ' ' + within(north) : '';
  return String(zone).padStart(2, '0') + BANDS[Math.floor((lat + 80) / 8)] + ' ' + column + row + figures;
}
