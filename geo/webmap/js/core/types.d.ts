/*
 * Types of the payload from Python, and types that several modules share. The names in the payload and
 * in a view are checked against Python by tests/test_payload_types.py.
 */
import type * as Leaflet from 'leaflet';
import type { EventTable } from '../events/sums.js';
import type { Filters } from '../view/filters.js';

/** A child of an element; `null` and `false` add nothing. */
export type Child = Node | string | number | null | undefined | false | Child[];
/** Attributes of an element; `on` has event listeners, `style` style properties. */
export type Props = {
  on?: { [name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[name] & { currentTarget: any }) => void };
  style?: Record<string, string | number>;
  [name: string]: any;
} | null;

export type Stroke = 'solid' | 'dashed' | 'split' | 'crossed';
/** How a place is drawn. */
export type Drawn = 'pin' | 'dot' | 'disc' | 'area' | 'region' | 'none';
export type Mode = 'precise' | 'provinces';
export type Language = 'en' | 'prs' | 'ps';
export type Counting = 'records' | 'origins';
export type Theme = 'light' | 'dark';
/** Why a record is not shown; see `REASONS`. */
export type Reason = 'layer' | 'period' | 'kind' | 'event' | 'against' | 'status' | 'attribution' | 'review' | 'source'
  | 'grade' | 'precision' | 'place' | 'deaths' | 'text';
/** Where a record is shown, in the order of the standings in the payload. */
export type StandingKey = 'point' | 'area' | 'region' | 'country' | 'outside' | 'unknown' | 'not_stated' | 'withdrawn';

export interface Group {
  key: string;
  name: string;
  short: string;
  letter: string;
  /** Fill on the light theme, `#rrggbb`. */
  light: string;
  dark: string;
  /** Colour of text on that fill. */
  onLight: string;
  onDark: string;
}

export interface Kind { key: string; label: string; one: string }
export interface Meaning { key: string; label: string; definition: string }
export interface Status extends Meaning { short: string; stroke: Stroke }
export interface Precision extends Meaning { drawn: Drawn }
/** How a record differs from its earlier version. */
export type ChangeMark = 'new' | 'corrected' | 'withdrawn';
/** What changed since an earlier version of the data; each record has its mark and the kinds of change in words. */
export interface Marks {
  since: string;
  note: string;
  /** How many records of the earlier version are no longer in the data. */
  removed: number;
  records: Record<string, [ChangeMark, ...string[]]>;
}
/** A View with a title; the address is without `#`. */
export interface SavedView { title: string; address: string }
/** What a reader does with a saved View; `to` is a new title. */
export interface ViewAct { act: 'save' | 'rename' | 'remove'; title: string; address?: string; to?: string }
/** What the host keeps for the document: what can be compared with, and the saved Views. */
export interface KeptByHost {
  /** What the marks compare with: one of the choices or a day; empty: no marks are wanted. */
  since: string;
  choices: { value: string; label: string }[];
  marks: Marks | null;
  views: SavedView[];
  /** What the host has to say about it, such as why a View was not saved. */
  note: string;
  viewsNote: string;
}

export interface Age { key: string; label: string; words: string }
export interface Tally { stroke: Stroke; label: string; words: string; statuses: string[] }
export interface ShadeStep { first: number; last: number | null; shade: number }
/** Fewest and most sources that are drawn alike, and what they are called. */
export interface CoverageStep { first: number; last: number | null; label: string }
/** How coverage is drawn, and the sentence about a province of which no source speaks; without steps, why there is none. */
export interface Coverage { steps: CoverageStep[]; note: string }
export interface Attribution { key: string; label: string }
export interface District { id: string; name: string; province: number }
export interface Province {
  code: string;
  name: string;
  /** Language and name in that language. */
  local: [string, string][];
  lat: number;
  lon: number;
}

/** A named set of provinces. */
export interface Region {
  name: string;
  /** Names by which it is found. */
  names: string[];
  /** Positions of provinces, ascending. */
  provinces: number[];
}

export interface Place {
  /** In the words of the source. */
  text: string;
  name: string;
  /** The name of the place as drawn. */
  label: string;
  said: string;
  inferred: boolean;
  /** Position among the precisions. */
  precision: number;
  /** Positions of provinces. */
  provinces: number[];
  district: string | null;
  /** Key of a district or region outline. */
  area: string | null;
  lat: number | null;
  lon: number | null;
  /** Metres. */
  radiusM: number | null;
  note: string;
  /** `country`, `outside`, `unknown`, `not_stated` or `withdrawn`: not on the map. */
  off: string | null;
}

/** A place that is drawn at a point. */
export interface PlacedPlace extends Place { lat: number; lon: number }

export interface Claim {
  who: string;
  role: string;
  says: string;
  stance: string;
  text: string;
  date: string;
  figures: string;
  credibility: string;
  /** Position among the sources. */
  source: number;
  /** How many passages of a document on file it rests on. */
  passages: number;
}

export interface Source {
  key: string;
  title: string;
  publisher: string;
  author: string;
  published: string;
  grade: string;
  gradeText: string;
  url: string | null;
  relays: string[];
  note: string;
}

/** Something dated, for the time strip. */
export interface Dated {
  /** Day as `YYYY-MM-DD`; `null` if open. */
  from: string | null;
  to: string | null;
  approximate?: boolean;
}

/** A record in the payload. */
export interface PayloadRecord extends Dated {
  id: string;
  kind: string;
  groups: number[];
  title: string;
  sentence: string;
  dateText: string;
  dateUncertain: boolean;
  datePrecision: string;
  deaths: { size: number };
  places: Place[];
  claims: Claim[];
  status: number;
  approximate: boolean;
  against: string[];
  event: string | null;
  attribution: string;
  /** Its state of review. */
  review: string;
  sources: number[];
  grades: [string, number][];
  /** Low, best and high. */
  killed: (number | null)[];
  killedBasis: string;
  search: string;
  /** Of each claim that asserts the record and has a known lineage, the marks of its origin; claims with one in common have the same. */
  origins: number[][];
  /** Positions of the provinces of which its sources speak. */
  covers: number[];
  lastCited: string | null;
  age: string | null;
  facts: [string, string][];
}

/** A record with what `readPayload` adds. */
export interface MapRecord extends PayloadRecord {
  /** Layer keys, one per group. */
  layers: string[];
  stroke: Stroke;
  standing: StandingKey;
  /** Whether it is mapped. */
  isMapped: boolean;
}

export interface Geometry {
  type: string;
  // Numbers in nested lists, as deep as the type of the geometry requires.
  coordinates: any;
}
export interface Feature { type: 'Feature'; id: string; properties: { name: string }; geometry: Geometry }
export interface Features { type: 'FeatureCollection'; features: Feature[] }
export interface NamedPoint { name: string; lat: number; lon: number }

/** Name, dtype and offset in bytes of a column. */
export type ColumnOf = [name: string, dtype: string, offset: number];
export interface Columns { count: number; columns: ColumnOf[] }
export type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** The events, from `event_block` in event_columns.py. */
export interface EventBlock extends Columns {
  /** Positions of the groups of each combination. */
  combos: number[][];
  spots: Columns;
  spans: Columns;
  bytes: number;
  degree: number;
  /** Missing if the columns are separate in the document. */
  data?: string;
  texts: { id: string[]; notes: string[]; source: string[] } | null;
  lists: EventLists;
  search: { event: string[]; subevent: string[]; place: string[] };
}

/** The meaning of the numbers of each column. */
export interface EventLists {
  off: string[];
  event: string[];
  subevent: string[];
  against: string[][];
  attribution: string[];
  killed_basis: string[];
  place: string[];
  district: string[];
  /** Metres. */
  radius: number[];
}

/** The payload from Python. */
export interface Payload {
  format: number;
  title: string;
  country: string;
  dataVersion: string;
  leftOut: number;
  asOf: string | null;
  view: MadeView;
  marks: Marks | null;
  /** The author's, handed over with the map. */
  savedViews: SavedView[];
  bounds: Limits;
  /** South, west, north, east in degrees. */
  extent: [number, number, number, number];
  around: { whole: Geometry; borders: { opacity: number; lines: Geometry }[]; names: NamedPoint[] };
  provinces: Features;
  areas: Features;
  provinceList: Province[];
  provincesByName: number[];
  regions: Region[];
  districtList: District[];
  groups: Group[];
  kinds: Kind[];
  statuses: Status[];
  precisions: Precision[];
  events: string[];
  attributions: Attribution[];
  reviews: { key: string; label: string; definition: string }[];
  /** Whether any record carries an approval or is a draft: else nothing of reviews is shown. */
  isReviewed: boolean;
  /** Drafts that were asked for and cannot be read yet. */
  unreadDrafts: number;
  deathSizes: string[];
  eventTypes: string[];
  /** In the order of the record count. */
  standings: Standing[];
  reasons: Record<Reason, ReasonWords>;
  /** The label of each filter, by the field of a view. */
  fields: Record<string, string>;
  reliability: FilterChoice[];
  credibility: FilterChoice[];
  /** The heading for records that are not mapped. */
  notMapped: string;
  /** The name of the badge for records about the whole country. */
  wholeCountry: string;
  ages: Age[];
  tallies: Tally[];
  shadeSteps: ShadeStep[];
  coverage: Coverage;
  records: PayloadRecord[];
  sources: Source[];
  /** Replacements when words are compared: pairs of a text and its replacement. */
  fold: [string, string][];
  landmarks: string[];
  credits: string[];
  /** Facts about the base map, if the document has one. */
  base: BaseFacts | null;
  disclaimer: string;
  /** Of the pages that may talk to the document, besides its own. */
  origins: string[];
  eventTable?: EventBlock;
}

/** The payload, unpacked and cross-referenced. */
export interface Model extends Omit<Payload, 'records'> {
  records: MapRecord[];
  byId: Map<string, MapRecord>;
  outlineOf: Map<string, Feature>;
  /** Position of a province by its code. */
  provinceOf: Map<string, number>;
  table: EventTable | null;
  baseMap?: BaseMap;
}

export interface Viewport { lat: number; lon: number; zoom: number }

/** The bounds of the fields of a view, the same in Python and in the browser. */
export interface Limits {
  /** Most entries of a list. */
  entries: number;
  /** Most letters of the search text. */
  letters: number;
  fatalities: number;
  /** Degrees. */
  lat: number;
  lon: number;
  zoom: number;
  /** Most saved Views, most letters of a title and of an address. */
  saved: number;
  title: number;
  address: number;
}

/** The filters and drawing options besides the layers. */
export interface Asked {
  from: string | null;
  to: string | null;
  certain: boolean;
  kinds: string[];
  events: string[];
  against: string[];
  statuses: string[];
  attributions: string[];
  reviews: string[];
  /** Whether the document was made with drafts; it filters nothing. */
  drafts: boolean;
  sources: string[];
  grade: string | null;
  credibility: number | null;
  precisions: string[];
  provinces: string[];
  districts: string[];
  deaths: 'stated' | 'not_stated' | number | null;
  text: string;
  mode: Mode;
  compare: [string, string] | null;
  /** Parts of the base map that are switched off. */
  base_off: string[];
  language: Language;
  counting: Counting;
  /** Whether the map shows how many sources speak of each province. */
  coverage: boolean;
}

/** A complete view. */
export interface MadeView extends Asked {
  off: string[];
  chosen: string | null;
  province: string | null;
  viewport: Viewport | null;
}

/** A view in messages between a document and its host, with the theme, which does not filter. */
export interface View extends MadeView { theme: Theme | null }

/** The filtering part of a view, without the chosen record and the viewport. */
export type Asking = Partial<Asked> & { off?: string[] };

/** An interval in days since 1970, both included; `null` for an open end. */
export interface Span { first: number | null; last: number | null }
/** An interval with two ends. */
export interface Bounded { first: number; last: number }

/** Pixels: left, top, width, height. */
export interface Box { x: number; y: number; w: number; h: number }
/** Pixels. */
export interface Spot { x: number; y: number }
/** Degrees. */
export interface Bounds { south: number; west: number; north: number; east: number }
/** Degrees to world pixels at the current zoom. */
export type Project = (lat: number, lon: number) => Spot;

/** Labels of a part of the record count: long, short, and as a heading. */
export interface PartWords { label: string; short: string; title: string }
export interface Standing extends PartWords { key: StandingKey; mapped: boolean }
export interface ReasonWords extends PartWords { key: Reason }
export interface FilterChoice { value: string | number; label: string }

/** A list that the detail panel shows. */
export interface List {
  key: string;
  title: string;
  text: string;
  records?: MapRecord[];
  /** Returns the records each time the list is drawn. */
  find?: () => MapRecord[];
  /** The same in parts with headings, and a note below them. */
  parts?: () => { blocks: { title: string; records: MapRecord[] }[]; note: string };
  /** Returns events instead of records. */
  events?: () => { rows: number[]; total: number };
  /** Why these records are excluded. */
  out?: Reason;
  /** Whether it belongs to the second map. */
  isOfB?: boolean;
}

/** Change the filters and redraw. */
export type Ask = (change: (filters: Filters) => void) => void;

/** A layer of a group: its records and events of one kind and status. */
export interface LayerPart { key: string; kind: Kind; status: Status; index: number; records: MapRecord[]; total: number }
/** A group with records or events, and its layers. */
export interface LayerRow { key: string; group: Group; index: number; total: number; parts: LayerPart[] }

export interface Choice { value: any; label: string; title?: string }
/** A filter field. */
export interface Field {
  name: keyof Asked;
  label: string;
  choices: Choice[];
  words: (value: any) => string;
  isMany: boolean;
  /** Whether it accepts only its choices. */
  isClosed?: boolean;
}
/** An active filter, with a function that removes it. */
export interface FilterChip { key: string; label: string; value: string; lift: () => void }

/** A view prepared for filtering many records. */
export interface Question {
  model: Model;
  off: Set<string>;
  from: string | null;
  to: string | null;
  certain: boolean;
  kinds: Set<string> | null;
  events: Set<string> | null;
  against: Set<string> | null;
  statuses: Set<number> | null;
  attributions: Set<string> | null;
  reviews: Set<string> | null;
  sources: Set<number> | null;
  grade: string | null;
  credibility: number | null;
  precisions: Set<number> | null;
  provinces: Set<number> | null;
  districts: Set<string> | null;
  deaths: 'stated' | 'not_stated' | number | null;
  words: string[];
}

/** The properties of a symbol. */
export interface SymbolSpec {
  /** At most two are drawn. */
  groups: number[];
  kind: string;
  stroke?: Stroke;
  /** Class of fatalities; without it the symbol has the size of a chip. */
  deaths?: number;
  /** With a tip at the exact place. */
  pin?: boolean;
  /** Without letter and colour, for the legend. */
  plain?: boolean;
  /** Of a presence claim: `fresh`, `ageing` or `old`. */
  age?: string | null;
}
/** The size of a symbol in pixels, and the position of the centre of its head. */
export interface SymbolBox { size: number; width: number; height: number; cx: number; cy: number; step: number; tip: number }

/** Records with the same symbol on a plate. */
export interface Chip extends SymbolSpec {
  id?: string;
  stroke: Stroke;
  count: number;
  /** How many of them have an inferred place. */
  inferred: number;
  /** Whether it counts events of an event table. */
  isEvents?: boolean;
}
/** The area of a plate: its own outline, or a province. */
export interface Target {
  key: string;
  name: string;
  /** Position, for the plate of a province. */
  province: number | null;
  /** Key of the outline, for a district or region. */
  area: string | null;
  /** Positions of the provinces of a district or region. */
  home?: number[];
  isRegion: boolean;
  /** Whether it is the badge of the whole country, outside the outline. */
  isCountry?: boolean;
  /** Position of its label in degrees. */
  at: { lat: number; lon: number };
}
export interface Plate extends Target {
  records: MapRecord[];
  chips: Chip[];
  isTally?: boolean;
  /** Text in place of the name, on a close map. */
  heading?: string;
  /** Number of events of an event table, which have chips of their own. */
  events?: number;
  eventParts?: Part[];
}
/** The area in which a name or plate is placed. */
export type Area = Pick<Plate, 'province' | 'at'> & { area?: string | null; home?: number[]; isRegion?: boolean };
/** The number of records or events of a group. */
export interface Part { group: number; count: number }
export interface Fonts { name: string; number: string; abroad: string }
/** A possible shape of a plate: its size in pixels and its cost. */
export interface Shape {
  kind: 'full' | 'short' | 'tall' | 'small' | 'bare';
  rows: Chip[][];
  width: number;
  height: number;
  cost: number;
  /** Width of its name in pixels, if that is placed beside it. */
  nameWidth?: number;
}
/** A line from a plate to its area; `abroad` is the number of its pixels over other areas. */
export interface Leader { from: Spot; to: Spot; length: number; abroad: number }
/** The position of a plate: in its area, or beside it with a line to `centre`. */
export interface Stand { shape: Shape; box: Box; cost: number; leader: boolean; centre?: Spot; line?: Leader; name?: Box | null }
export interface PlacingOptions {
  fonts: Fonts;
  /** From 0 on a wide map to 1 on a phone. */
  scarcity: number;
  isTight: boolean;
  contentWith: number;
  isChosen: (plate: Plate) => boolean;
  boxOf: (plate: Plate) => Bounds;
  centreOf: (plate: Plate) => Spot;
  anchorsOf: (plate: Plate) => Spot[];
}

/** A symbol at a place, in world pixels at the current zoom. */
export interface Mark {
  key: string;
  record: MapRecord;
  place: PlacedPlace;
  drawn: 'pin' | 'dot' | 'disc';
  spec: SymbolSpec & { stroke: Stroke };
  box: SymbolBox;
  /** The true position of the symbol. */
  x: number;
  y: number;
  trueX: number;
  trueY: number;
  radius: number;
}
/** Marks drawn together. */
export interface Crowd {
  marks: Mark[];
  /** Its centre, in world pixels at the current zoom. */
  x: number;
  y: number;
  /** Radius of the ring in pixels; 0 for a single mark or a stack. */
  radius: number;
  isStack: boolean;
  isUpright: boolean;
  space: Box;
}
export interface CrowdState {
  chosen: MapRecord | null;
  onRecord: (record: MapRecord) => void;
  onStack: (records: MapRecord[]) => void;
}

/** The state that a map shows. */
export interface MapState {
  records: MapRecord[];
  chosen: MapRecord | null;
  province: number | null;
  mode: Mode;
  base_off: string[];
  language: Language;
  /** The period of which coverage is shown; `null`: it is not. */
  coverage: { from: string | null; to: string | null } | null;
  /** For each cell of events, whether it is on. */
  events?: Uint8Array;
}

/** A cell of events, which a layer switches: a combination of groups, and a status. */
export interface EventCell { groups: number[]; status: number; total: number }
/** Events counted together, in pixels of the canvas. */
export interface Ring { x: number; y: number; n: number; r: number; cells: number[] }

/** A box in the plane of web Mercator, in which the world is one unit wide: x to the east, y to the south. */
export interface PlaneBox { left: number; top: number; right: number; bottom: number }
/** Points in that plane, alternating x and y. */
export interface PlaneLine { points: Float64Array; box: PlaneBox }
/** The box in world pixels that an element of the base map covers; `scale` is the width of the world in pixels. */
export interface BaseFrame { zoom: number; scale: number; left: number; top: number; width: number; height: number }
export type BaseKind = 'town' | 'airfield' | 'pass' | 'peak' | 'crossing' | 'river' | 'lake' | 'district';
/** The zoom from which each part of the base map is drawn. */
export interface BaseScales {
  relief: [number, number][];
  rivers: number[];
  riverWidths: number[];
  lakes: [number, number][];
  districtLines: number;
  district: number;
  towns: number[];
  airfields: number[];
  crossing: number;
  pass: number;
  peak: number;
  ownRoads: number[];
  ownRoadWidths: number[];
  ownLines: number;
}
/** The relief image as base64 of WebP; `flat`: the grey of level ground; the box is south, west, north, east in degrees. */
export interface ReliefBlock { picture: string; flat: number; box: [number, number, number, number] }
/** The base map in the payload; each label has kind, rank, longitude, latitude, names in three languages, size and angle. */
export type LabelRow = [BaseKind, number, number, number, string, string, string, number, number?];
export interface BaseBlock {
  steps: number;
  origin: [number, number];
  scales: BaseScales;
  relief: ReliefBlock | null;
  rivers: [number, number, number[]][];
  lakes: [number, number[]][];
  districts: number[][];
  labels: LabelRow[];
  own: OwnBlock | null;
}
export type OwnKind = 'road' | 'rail' | 'stream' | 'line' | 'built' | 'water' | 'area';
/** What is drawn of the reader's own base map, as it travels: by kind and rank; pictures by type, base64 and box. */
export interface OwnBlock {
  credit: string;
  steps: number;
  origin: [number, number];
  shapes: [OwnKind, number, number[][]][];
  tiles: [string, string, [number, number, number, number]][];
}
/** A picture of the reader's own base map; the box is south, west, north, east. */
export interface OwnTile { type: string; data: string; box: [number, number, number, number] }
export interface OwnMap {
  credit: string;
  shapes: { kind: OwnKind; rank: number; lines: PlaneLine[] }[];
  tiles: OwnTile[];
}
/** A name on the base map; `size` is the area of a lake in km², the height of a pass or peak in metres, or the lowest zoom of a river's name. */
export interface BaseLabel {
  kind: BaseKind;
  rank: number;
  x: number;
  y: number;
  names: Record<Language, string>;
  size: number;
  angle: number;
  from: number;
}
/** The facts about the base map for the panel, available before it is unpacked. */
export interface BaseFacts { parts: string[]; languages: Language[]; notes: string[] }
export interface BaseMap {
  /** Parts of a degree to which lines are rounded. */
  steps: number;
  scales: BaseScales;
  relief: ReliefBlock | null;
  rivers: (PlaneLine & { rank: number; isIntermittent: boolean })[];
  lakes: (PlaneLine & { from: number })[];
  districts: PlaneLine[];
  labels: BaseLabel[];
  own: OwnMap | null;
}

/** Leaflet's map; only map/leaflet.js uses its private members. */
export interface LeafletMap extends Leaflet.Map {
  options: Leaflet.MapOptions & { ink?: number };
  dragging: Leaflet.Handler & { moved(): boolean };
}

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
export type Side = 'first' | 'last';
/** A column of the time strip; `end` is the day after. */
export interface Bin { start: number; end: number; records: MapRecord[]; stack?: [look: number, group: number, record: MapRecord][] }
/** A bar in a lane of the time strip, in pixels. */
export interface LaneItem { record: MapRecord; x0: number; x1: number }
export interface Tick { day: number; isFirst: boolean }
/** A label of the axis, in pixels. */
export interface AxisLabel { unit: Unit; tick: Tick; x: number; width: number }
/** The sentence of the time strip in parts. */
export interface SentenceParts {
  count: string;
  of: string;
  when: string;
  short: string;
  least: string;
  loose: string;
  looseShort: string;
  looseLeast: string;
}
/** What is at a point of the time strip. */
export interface Hit { record: MapRecord; bin: Bin | null }
/** Pixels of the time strip. */
export interface StripRoom { height: number; axis: number; columns: number; gutter: number; right: number; gap: number }
