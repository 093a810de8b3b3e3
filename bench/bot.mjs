/**
 * Measures the bot on public data sets and holds the floors.
 *
 *   npm run bench -- bot <folder> [--only banking77,sib200] [--json results.json]
 *
 * The folder holds banking77, clinc150, hint3-sofmattress, help-centre and sib200; one that is missing is skipped with a
 * line that says so. Ends with 1 when a floor is missed, with 2 when there is nothing to measure.
 *
 * What was chosen on what, so that the test figures stay honest: features and cost of the classifier are those of the
 * literature's plain linear models, unchanged since the first run; what its confidence looks at (the best margin alone) and the weight
 * of held-out labels on clinc150's validation questions; the search's weights and the constants of its confidence on
 * banking77's, hint3's and clinc150's training phrases and held-out phrasings of docs/help (bench/bot/fit-confidence.mjs).
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { banking77, clinc150, hint3, sib200 } from './bot/classified-sets.mjs';
import { helpCentre } from './bot/help-centre.mjs';
import { findSet } from './bot/read-data.mjs';

const SETS = [banking77, clinc150, hint3, helpCentre, sib200];

function stop(message) {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: 'string' }, only: { type: 'string' } },
    });
  } catch (error) {
    return stop(`${error.message} Usage: npm run bench -- bot <folder> [--only <set,set>] [--json <file>]`);
  }
}

const { positionals, values } = readArguments();
const folder = positionals[0];
if (folder === undefined) stop('Name the folder that holds the data sets: npm run bench -- bot <folder>');
if (!existsSync(folder))
  stop(`There is no folder "${folder}". Name the one that holds the data sets, such as banking77.`);

const unknown = (values.only?.split(',') ?? []).filter((name) => !SETS.some((set) => set.name === name));
if (unknown.length > 0)
  stop(`There is no set "${unknown[0]}". There are: ${SETS.map(({ name }) => name).join(', ')}.`);

const format = (value, unit = '%') => {
  if (value === undefined) return '';
  return unit === '%'
    ? `${(100 * value).toFixed(1)} %`
    : `${value.toFixed(unit === 's' ? 1 : 3)}${unit && ` ${unit}`}`;
};

const results = [];
for (const set of SETS) {
  if (values.only !== undefined && !values.only.split(',').includes(set.name)) continue;
  const path = findSet(folder, set.name, set.files);
  if (path === undefined) {
    console.log(`${set.name}: skipped, for ${join(folder, set.name)} lacks one of ${set.files.join(', ')}.`);
    continue;
  }
  for (const result of await set.run(path)) results.push({ set: set.name, ...result });
}
if (results.length === 0)
  stop(`"${folder}" holds none of the data sets (${SETS.map(({ name }) => name).join(', ')}).`);

const rows = results.map(({ set, measure, value, floor, reference, unit }) => [
  set,
  measure,
  format(value, unit),
  format(floor, unit),
  format(reference, unit),
  floor === undefined ? '' : value >= floor ? 'pass' : 'FAIL',
]);
const head = ['set', 'measure', 'figure', 'floor', 'reference', ''];
const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at].length)));
for (const row of [head, ...rows]) {
  console.log(
    row
      .map((cell, at) => (at >= 2 && at <= 4 ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd(),
  );
}

const missed = results.filter(({ value, floor }) => floor !== undefined && value < floor);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ results, missed: missed.length }, null, 2)}\n`);
}
if (missed.length > 0) {
  console.error(`${missed.length} of the floors missed.`);
  process.exitCode = 1;
}
