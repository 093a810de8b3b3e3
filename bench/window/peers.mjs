import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** What is measured beside ours with `--peers`: each has its page in `peers/`, and comes from the registry, never into our lockfile. */
const peers = { 'deep-chat': { 'deep-chat': '2.4.2' } };

/** Installs the peers into a folder of their own; gives the entry of each page. */
export async function installPeers() {
  const folder = await mkdtemp(join(tmpdir(), 'sahay-peers-'));
  const dependencies = Object.assign({}, ...Object.values(peers));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`The peers could not be installed: ${stderr}`);
  const entries = {};
  for (const name of Object.keys(peers)) {
    entries[name] = join(folder, `${name}.js`);
    copyFileSync(join(here, 'peers', `${name}.js`), entries[name]);
  }
  return { entries, dispose: () => rm(folder, { recursive: true, force: true }) };
}
