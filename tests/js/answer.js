/*
 * Answers questions about the scripts, a line of JSON each: the name of a function of twins.js, and
 * its arguments.
 */
import { createInterface } from 'node:readline';
import * as twins from './twins.js';

/** @type {Record<string, (...args: any[]) => unknown>} */
const asked = twins;

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...args] = JSON.parse(line);
  process.stdout.write(JSON.stringify(await asked[name](...args)) + '\n');
}
