/** The form of an entry as Python describes it (`geo/app/editing/fields.py`). */

export interface FormField {
  name: string;
  label: string;
  kind: 'line' | 'text' | 'lines' | 'date' | 'figure' | 'number' | 'point' | 'choice' | 'digit' | 'suggest' | 'several' | 'list';
  hint?: string;
  needed?: boolean;
  more?: boolean;
  /** Another field: while it has a value, this one is not asked for. */
  unless?: string;
  /** Another field and the value with which this one is asked for. */
  when?: [string, string];
  /** Value and label of each. */
  options?: [string, string][];
  fields?: FormField[];
  one?: string;
  add?: string;
}

export interface FormPart {
  title: string;
  hint: string;
  fields: FormField[];
}

export type FormValue = string | string[] | FormValues[];
export interface FormValues {
  [name: string]: FormValue;
}

/** What is said of a field; places are such as `claims.0.killed`. */
export interface FieldAnswer {
  said?: string;
  fault?: string;
  /** It only lacks a value: nobody is told before they have passed it. */
  missing?: boolean;
  choices?: [string, Record<string, string>][];
}

export interface Answers {
  /** The number of the state of the form that is answered. */
  n: number;
  fields: Record<string, FieldAnswer>;
  general: string[];
  faults: number;
  /** What is said of keeping what has been typed. */
  kept: string;
}

export interface WantedForm {
  /** Identifies the form; with another one, it is made anew. */
  form: string;
  parts: FormPart[];
  values: FormValues;
  answers: Answers | null;
  /** What the buttons at the end do, the usual one first. */
  acts: [string, string][];
  /** Whether a reason for the change is asked for. */
  why: boolean;
}

/** What Python is told. */
export interface Typed {
  form: string;
  n: number;
  values: FormValues;
  /** The number of the place that was looked at last. */
  place: number;
  times: number;
  /** What to do, if it is more than to keep it. */
  act?: string;
  why?: string;
}

export type Tell = (name: 'typed' | 'act', value: Typed) => void;
