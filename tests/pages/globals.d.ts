/*
 * What pages offer the scripts of tests. An element that is not there is an exception, and with it a
 * failed test: no script asks whether it was found, or what kind it is.
 */

interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
  closest(selectors: string): any;
}

interface Window {
  [name: string]: any;
}

/** Leaflet's maps, kept by know_maps.js. */
declare const leaflets: any[];
/** The map of the document. */
declare const map_incidents: any;
/** Modules of the document by their paths: `modules` and `with_modules` of browsing.py. */
declare const IncidentMapModules: Record<string, any>;
/** Kept by by_keys.js. */
declare const byKeys: any;

/** A record as far as time goes. */
interface Dated {
  id: string;
  from: string | null;
  to: string;
  datePrecision: string;
  approximate: boolean;
  groups: number[];
  title: string;
}
