import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const main = fileURLToPath(new URL('../../packages/server/dist/cli/main.js', import.meta.url));

/** How long `sahay-server` takes from its start until it says its address, killed each time as a power cut would; in ms. */
export async function startUpTimes(folder, count) {
  const data = join(folder, 'start-up');
  const times = [];
  for (let round = 0; round <= count; round++) {
    const began = performance.now();
    const child = spawn(process.execPath, [main, '--port', '0', '--data', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    times.push(performance.now() - began);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  // The first one makes the database.
  return times.slice(1);
}
