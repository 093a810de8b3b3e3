import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lampModel } from './gallery/lamp-model.mjs';

/**
 * A copy of the site for this run, with the pages of `/demo` in it: the proof and the address of its line, the gallery with its model and what shows it. The server serves folders as they are, and knows
 * nothing of either.
 *
 * @returns the folder; gone when the process ends
 */
export function runSite({ site, pages, viewer, lineUrl }) {
  removeLeftBehind();
  const folder = mkdtempSync(join(tmpdir(), `sahay-site-${process.pid}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(site, folder, { recursive: true });
  const demo = join(folder, 'demo');
  if (existsSync(pages)) cpSync(pages, demo, { recursive: true });
  writeFileSync(join(demo, 'gallery', 'lamp.glb'), lampModel());
  if (viewer) cpSync(viewer, join(demo, 'gallery', 'model-viewer.js'));
  if (lineUrl) writeFileSync(join(demo, 'proof', 'line.json'), JSON.stringify({ url: lineUrl }));
  return folder;
}

/** A run that was killed could not remove its own. */
function removeLeftBehind() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^sahay-site-(\d+)-/.exec(name)?.[1]);
    const folder = join(tmpdir(), name);
    if (!pid || isRunning(pid) || statSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.())
      continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's, but there.
    return error.code === 'EPERM';
  }
}
