/** A document and its suggestions as Python describes them (`geo/app/reading/pane.py`). */

/** Characters of the text as Python counts them: whole characters, not units of UTF-16. */
export type Span = [number, number];

/** Start, end, kind, and what the words are read as. */
export type Mark = [number, number, string, string];

export interface PaneValue {
  field: string;
  label: string;
  note: string;
  question: string;
  choices: string[];
  spans: Span[];
  digest: string;
  /** Whether it has a value, or only a question. */
  settled: boolean;
}

export interface PaneClaim {
  /** Who says what, in words. */
  label: string;
  spans: Span[];
  digest: string;
  figures: PaneValue[];
}

export interface PaneItem {
  number: number;
  kind: string;
  title: string;
  state: 'open' | 'accepted' | 'rejected';
  /** Why it is kept apart from the others; empty if it is not. */
  apart: string;
  values: PaneValue[];
  claims: PaneClaim[];
  questions: string[];
  spans: Span[];
}

export interface WantedPane {
  /** Identifies the document: with another one, everything is made anew. */
  document: string;
  text: string;
  marks: Mark[];
  items: PaneItem[];
  used: Span[];
  /** Name and label of each kind of mark, in the order of the legend. */
  kinds: [string, string][];
  /** Name and label of each thing that selected words can be added as. */
  fields: [string, string][];
  /** What came of the last act. */
  said: string;
  /** The number of the item to show, if Python has made one. */
  at: number;
  /** What to light at first, in place of the words of an item. */
  lit: Span[];
  /** The number of the last act that Python has taken. */
  taken: number;
}

/** What Python is told. */
export interface Act {
  document: string;
  act: string;
  /** Grows with each act, by which Python says which it has taken. */
  n: number;
  item?: number;
  /** The digests of a value and of a claim: their numbers would change with what is asked for before. */
  value?: string;
  claim?: string;
  choice?: number;
  other?: number;
  title?: string;
  field?: string;
  start?: number;
  end?: number;
}

export type Ask = (act: string, more: Partial<Act>) => void;
