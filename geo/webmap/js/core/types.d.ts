/*
 * What travels between the program and its browser half, and what several modules share. The names
 * of the payload and of a view are held against Python by tests/test_payload_types.py.
 */
import type * as Leaflet from 'leaflet';
import type { EventTable } from '../events/sums.js';
import type { Filters } from '../view/filters.js';

/** What can be put into an element; nothing is put there for `null` and `false`. */
export type Child = Node | string | number | null | undefined | false | Child[];
/** Attributes of an element; `on` holds listeners, `style` custom properties. */
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
export type Theme = 'light' | 'dark';
/** Why a record is not shown, see `REASONS`. */
export type Reason = 'layer' | 'period' | 'kind' | 'event' | 'against' | 'status' | 'attribution' | 'source'
  | 'grade' | 'precision' | 'place' | 'deaths' | 'text';
/** Where a record stands, in the order of the standings of the payload. */
export type StandingKey = 'point' | 'area' | 'region' | 'country' | 'outside' | 'unknown' | 'not_stated' | 'withdrawn';

export interface Group {
  key: string;
  name: string;
  short: string;
  letter: string;
  /** Fill on the light theme, `#rrggbb`. */
  light: string;
  dark: string;
  /** Ink on that fill. */
  onLight: string;
  onDark: string;
}

export interface Kind { key: string; label: string; one: string }
export interface Meaning { key: string; label: string; definition: string }
export interface Status extends Meaning { short: string; stroke: Stroke }
export interface Precision extends Meaning { drawn: Drawn }
export interface Age { key: string; label: string; words: string }
export interface Tally { stroke: Stroke; label: string; words: string; statuses: string[] }
export interface ShadeStep { first: number; last: number | null; shade: number }
export interface Attribution { key: string; label: string }
export interface District { id: string; name: string; province: number }
export interface Province {
  code: string;
  name: string;
  /** Language and name in it. */
  local: [string, string][];
  lat: number;
  lon: number;
}

export interface Place {
  /** As the source says it. */
  text: string;
  name: string;
  /** What it is drawn as. */
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

/** When something lies, as the time strip reads it. */
export interface Dated {
  /** Day as `YYYY-MM-DD`; `null`: open. */
  from: string | null;
  to: string | null;
  approximate?: boolean;
}

/** A record as it stands in the payload. */
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
  sources: number[];
  grades: [string, number][];
  /** Low, best and high. */
  killed: (number | null)[];
  killedBasis: string;
  search: string;
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
  /** Whether it has a mark on the map. */
  isMapped: boolean;
}

export interface Geometry {
  type: string;
  // Numbers in as many lists as the type says.
  coordinates: any;
}
export interface Feature { type: 'Feature'; id: string; properties: { name: string }; geometry: Geometry }
export interface Features { type: 'FeatureCollection'; features: Feature[] }
export interface NamedPoint { name: string; lat: number; lon: number }

/** Name, dtype and offset in bytes of a column. */
export type ColumnOf = [name: string, dtype: string, offset: number];
export interface Columns { count: number; columns: ColumnOf[] }
export type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** The events as `event_block` of the program makes them. */
export interface EventBlock extends Columns {
  /** Positions of the groups of each combination. */
  combos: number[][];
  spots: Columns;
  spans: Columns;
  bytes: number;
  degree: number;
  /** Left out where the columns stand in the document apart. */
  data?: string;
  texts: { id: string[]; notes: string[]; source: string[] } | null;
  lists: EventLists;
  search: { event: string[]; subevent: string[]; place: string[] };
}

/** What the numbers of a column stand for. */
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

/** What Python computed, as it travels. */
export interface Payload {
  format: number;
  title: string;
  country: string;
  dataVersion: string;
  leftOut: number;
  asOf: string | null;
  view: MadeView;
  bounds: Limits;
  /** South, west, north, east in degrees. */
  extent: [number, number, number, number];
  around: { whole: Geometry; borders: { opacity: number; lines: Geometry }[]; names: NamedPoint[] };
  provinces: Features;
  areas: Features;
  provinceList: Province[];
  provincesByName: number[];
  districtList: District[];
  groups: Group[];
  kinds: Kind[];
  statuses: Status[];
  precisions: Precision[];
  events: string[];
  attributions: Attribution[];
  deathSizes: string[];
  eventTypes: string[];
  /** In the order of the record count. */
  standings: Standing[];
  reasons: Record<Reason, ReasonWords>;
  /** What each filter is called, by the field of a view. */
  fields: Record<string, string>;
  reliability: FilterChoice[];
  credibility: FilterChoice[];
  /** The heading of what has no mark on the map. */
  notMapped: string;
  ages: Age[];
  tallies: Tally[];
  shadeSteps: ShadeStep[];
  records: PayloadRecord[];
  sources: Source[];
  /** What is put for what when words are compared. */
  fold: [string, string][];
  landmarks: string[];
  credits: string[];
  /** Of a document with a base map. */
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

/** How far the fields of a view reach, the same for every reader of one. */
export interface Limits {
  /** Of one list. */
  entries: number;
  /** Of the words that are searched for. */
  letters: number;
  fatalities: number;
  /** Degrees. */
  lat: number;
  lon: number;
  zoom: number;
}

/** What is asked besides the layers. */
export interface Asked {
  from: string | null;
  to: string | null;
  certain: boolean;
  kinds: string[];
  events: string[];
  against: string[];
  statuses: string[];
  attributions: string[];
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
}

/** A view as the program makes it. */
export interface MadeView extends Asked {
  off: string[];
  chosen: string | null;
  province: string | null;
  viewport: Viewport | null;
}

/** A view as it travels between a document and what is around it: the theme is no part of what is asked. */
export interface View extends MadeView { theme: Theme | null }

/** What a view asks of records: without what is chosen and looked at. */
export type Asking = Partial<Asked> & { off?: string[] };

/** An interval in days since 1970; both are in it, `null` is open. */
export interface Span { first: number | null; last: number | null }
/** An interval with two ends. */
export interface Bounded { first: number; last: number }

/** Pixels: left, top, width, height. */
export interface Box { x: number; y: number; w: number; h: number }
/** Pixels. */
export interface Spot { x: number; y: number }
/** Degrees. */
export interface Bounds { south: number; west: number; north: number; east: number }
/** A point on the ground in pixels of the zoom. */
export type Project = (lat: number, lon: number) => Spot;

/** Words of a part of a ledger: on a desk, on a phone, as a heading. */
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
  /** The records, found anew whenever it is drawn. */
  find?: () => MapRecord[];
  /** The same in parts, each below a heading; what cannot be said of the others stands below all. */
  parts?: () => { blocks: { title: string; records: MapRecord[] }[]; note: string };
  /** Of events instead of records. */
  events?: () => { rows: number[]; total: number };
  /** What keeps these records out. */
  out?: Reason;
  /** Whether it is of the second map. */
  isOfB?: boolean;
}

/** Change what is asked, and draw what follows. */
export type Ask = (change: (filters: Filters) => void) => void;

/** A layer of a group: its records and events of one kind and status. */
export interface LayerPart { key: string; kind: Kind; status: Status; index: number; records: MapRecord[]; total: number }
/** A group that has records or events, with its layers. */
export interface LayerRow { key: string; group: Group; index: number; total: number; parts: LayerPart[] }

export interface Choice { value: any; label: string; title?: string }
/** A field that can be filtered by. */
export interface Field {
  name: keyof Asked;
  label: string;
  choices: Choice[];
  words: (value: any) => string;
  isMany: boolean;
  /** Whether it can hold nothing but its choices. */
  isClosed?: boolean;
}
/** What is asked in one field or value, with how to take it back. */
export interface FilterChip { key: string; label: string; value: string; lift: () => void }

/** A view made ready to be put to many records. */
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
  sources: Set<number> | null;
  grade: string | null;
  credibility: number | null;
  precisions: Set<number> | null;
  provinces: Set<number> | null;
  districts: Set<string> | null;
  deaths: 'stated' | 'not_stated' | number | null;
  words: string[];
}

/** What a symbol says. */
export interface SymbolSpec {
  /** At most two are drawn. */
  groups: number[];
  kind: string;
  stroke?: Stroke;
  /** Death class; without it the symbol has the size of a chip. */
  deaths?: number;
  /** With a tip at the exact place. */
  pin?: boolean;
  /** Without letter and colour, for the legend. */
  plain?: boolean;
  /** Of a presence claim: `fresh`, `ageing` or `old`. */
  age?: string | null;
}
/** Pixels of a symbol, and where in it the centre of its head lies. */
export interface SymbolBox { size: number; width: number; height: number; cx: number; cy: number; step: number; tip: number }

/** Records of one look on a plate. */
export interface Chip extends SymbolSpec {
  id?: string;
  stroke: Stroke;
  count: number;
  /** How many of them rest on an inference. */
  inferred: number;
  /** Whether it counts events of an event table. */
  isEvents?: boolean;
}
/** What a plate stands for: an outline of its own, or a province. */
export interface Target {
  key: string;
  name: string;
  /** Position, for the plate of a province. */
  province: number | null;
  /** Key of the outline, for a district or region. */
  area: string | null;
  /** Positions of the provinces in which a district or region lies. */
  home?: number[];
  isRegion: boolean;
  /** Where its name would stand. */
  at: { lat: number; lon: number };
}
export interface Plate extends Target {
  records: MapRecord[];
  chips: Chip[];
  isTally?: boolean;
  /** Of an event table, in chips that say so. */
  events?: number;
  eventParts?: Part[];
}
/** What names and plates are placed in. */
export type Area = Pick<Plate, 'province' | 'at'> & { area?: string | null; home?: number[]; isRegion?: boolean };
/** How many of a group. */
export interface Part { group: number; count: number }
export interface Fonts { name: string; number: string; abroad: string }
/** A shape that a plate may take, in pixels, and what it costs to choose it. */
export interface Shape {
  kind: 'full' | 'short' | 'tall' | 'small' | 'bare';
  rows: Chip[][];
  width: number;
  height: number;
  cost: number;
  /** Of its name, where that stands beside it. */
  nameWidth?: number;
}
/** A line from a plate to its area; `abroad`: pixels of it over the land of others. */
export interface Leader { from: Spot; to: Spot; length: number; abroad: number }
/** Where a plate stands: in its area, or beside it and joined to `centre` by a line. */
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

/** A symbol at a place, in pixels of the zoom. */
export interface Mark {
  key: string;
  record: MapRecord;
  place: PlacedPlace;
  drawn: 'pin' | 'dot' | 'disc';
  spec: SymbolSpec & { stroke: Stroke };
  box: SymbolBox;
  /** Where the symbol belongs. */
  x: number;
  y: number;
  trueX: number;
  trueY: number;
  radius: number;
}
/** Marks drawn together. */
export interface Crowd {
  marks: Mark[];
  /** Its middle, in pixels of the zoom. */
  x: number;
  y: number;
  /** Of the ring; 0 for a mark alone or a stack. */
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

/** What a map shows. */
export interface MapState {
  records: MapRecord[];
  chosen: MapRecord | null;
  province: number | null;
  mode: Mode;
  base_off: string[];
  language: Language;
  /** Cells of events that are on. */
  events?: Uint8Array;
}

/** A cell of events is what a layer switches: a combination of groups, and a status. */
export interface EventCell { groups: number[]; status: number; total: number }
/** Events counted together, in pixels of the canvas. */
export interface Ring { x: number; y: number; n: number; r: number; cells: number[] }

/** A box in the plane of Web Mercator at a scale of one: x to the east, y to the south. */
export interface PlaneBox { left: number; top: number; right: number; bottom: number }
/** Points in that plane, x and y in turn. */
export interface PlaneLine { points: Float64Array; box: PlaneBox }
/** The pixels of a zoom that an element of the base map covers; `scale`: pixels of the whole plane. */
export interface BaseFrame { zoom: number; scale: number; left: number; top: number; width: number; height: number }
export type BaseKind = 'town' | 'airfield' | 'pass' | 'peak' | 'crossing' | 'river' | 'lake' | 'district';
/** From which zoom each part of the base map is drawn, as the program says. */
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
}
/** Pictures of the terrain as base64 of WebP; the box is south, west, north, east. */
export interface ReliefBlock { light: string; dark: string; box: [number, number, number, number] }
/** The base map as it travels: kind, rank, longitude, latitude, names in three languages, size, angle. */
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
}
/** A name on the base map; `size`: km2 of a lake, metres of a pass or peak, the first zoom of a river. */
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
/** What the panel knows of the base map before it is unpacked. */
export interface BaseFacts { parts: string[]; languages: Language[]; notes: string[] }
export interface BaseMap {
  scales: BaseScales;
  relief: ReliefBlock | null;
  rivers: (PlaneLine & { rank: number; isIntermittent: boolean })[];
  lakes: (PlaneLine & { from: number })[];
  districts: PlaneLine[];
  labels: BaseLabel[];
}

/** Leaflet's map; what is used of its inside is known to map/leaflet.js alone. */
export interface LeafletMap extends Leaflet.Map {
  options: Leaflet.MapOptions & { ink?: number };
  dragging: Leaflet.Handler & { moved(): boolean };
}

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
export type Side = 'first' | 'last';
/** A column of the time strip; `end` is the day after. */
export interface Bin { start: number; end: number; records: MapRecord[]; stack?: [look: number, group: number, record: MapRecord][] }
/** A bar that takes a lane of the time strip, in pixels. */
export interface LaneItem { record: MapRecord; x0: number; x1: number }
export interface Tick { day: number; isFirst: boolean }
/** The sentence of the time strip in parts. */
export interface SentenceParts {
  count: string;
  of: string;
  when: string;
  short: string;
  loose: string;
  looseShort: string;
  looseLeast: string;
}
/** What lies under a point of the time strip. */
export interface Hit { record: MapRecord; bin: Bin | null }
/** Pixels of the time strip. */
export interface StripRoom { height: number; axis: number; columns: number; gutter: number; right: number; gap: number }
