// npm run bench -- pii <folder>: how well the composer's hint tells card numbers, IBANs and national identity numbers from all else, on a
// folder of labelled texts in the form of presidio-research (synth_dataset_v2.json). Prints precision and recall by kind, and what was
// missed or found wrongly.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSensitive } from '../packages/elements/src/sensitive/find-sensitive.ts';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: npm run bench -- pii <folder with a .json of texts and spans>');
  process.exit(2);
}
const kinds = { CREDIT_CARD: 'card', IBAN_CODE: 'iban', US_SSN: 'nationalId' };
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));

const tally = Object.fromEntries(
  Object.values(kinds).map((kind) => [kind, { right: 0, wrong: [], missed: [] }]),
);
for (const { full_text: text, spans } of texts) {
  const wanted = spans.flatMap(
    ({ entity_type: type, entity_value: value, start_position: start, end_position: end }) =>
      type in kinds ? [{ kind: kinds[type], start, end, value }] : [],
  );
  const found = findSensitive(text);
  const overlaps = (a, b) => a.kind === b.kind && a.start < b.end && b.start < a.end;
  for (const one of wanted) {
    if (found.some((other) => overlaps(one, other))) tally[one.kind].right++;
    else tally[one.kind].missed.push(one.value);
  }
  for (const one of found)
    if (!wanted.some((other) => overlaps(one, other)))
      tally[one.kind].wrong.push(text.slice(one.start, one.end));
}
const share = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)} %` : 'none');
console.log(`${texts.length} texts`);
for (const [kind, { right, wrong, missed }] of Object.entries(tally)) {
  console.log(
    `${kind.padEnd(11)} precision ${share(right, right + wrong.length).padStart(7)} (${right} of ${right + wrong.length})   recall ${share(right, right + missed.length).padStart(7)} (${right} of ${right + missed.length})`,
  );
  if (wrong.length) console.log(`  found wrongly: ${wrong.slice(0, 10).join(', ')}`);
  if (missed.length) console.log(`  missed: ${missed.slice(0, 10).join(', ')}`);
}
