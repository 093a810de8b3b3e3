import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows of a CSV file with quotes (RFC 4180), without its heading line. */
export function readCsv(path) {
  const rows = [];
  let row = [];
  let cell = '';
  let isQuoted = false;
  const text = readFileSync(path, 'utf8');
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (letter === ',' || letter === '\n')) {
      row.push(cell);
      cell = '';
      if (letter === '\n') rows.push(row.splice(0));
    } else if (letter !== '\r' || isQuoted) cell += letter;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows.slice(1).filter((cells) => cells.length > 1);
}

/** Examples `{ text, label }` of rows `[text, label]`. */
export const toExamples = (rows) => rows.map(([text, label]) => ({ text, label }));

/** Examples of a sib200 file: index, category and text, parted by tabs. */
export function readTopics(path) {
  const lines = readFileSync(path, 'utf8').split('\n').slice(1);
  return lines
    .map((line) => line.replace(/\r$/, '').split('\t'))
    .filter((cells) => cells.length === 3)
    .map(([, label, text]) => ({ text, label }));
}

/** The set's folder, undefined when it or one of its files is not there. */
export function findSet(folder, name, files) {
  const path = join(folder, name);
  return files.every((file) => existsSync(join(path, file))) ? path : undefined;
}

/** The training and test examples of the sets that come as CSV, and clinc150's splits. */
export const readBanking = (path, split) => toExamples(readCsv(join(path, `${split}.csv`)));
export const readClinc = (path) => JSON.parse(readFileSync(join(path, 'data_full.json'), 'utf8'));
