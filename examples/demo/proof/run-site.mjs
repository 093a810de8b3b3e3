import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A copy of the site for this run, with the proof page in it and the address of its line. The server serves folders as they are, and knows
 * nothing of either.
 *
 * @returns the folder; gone when the process ends
 */
export function runSite({ site, page, lineUrl }) {
  const folder = mkdtempSync(join(tmpdir(), 'sahay-site-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(site, folder, { recursive: true });
  const proof = join(folder, 'demo', 'proof');
  if (existsSync(page)) cpSync(page, proof, { recursive: true });
  if (lineUrl) writeFileSync(join(proof, 'line.json'), JSON.stringify({ url: lineUrl }));
  return folder;
}
