import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Where hundreds of starts of the same code find it compiled; what has changed is compiled anew. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));

/** The environment in which a process of a run starts. */
export const compiled: NodeJS.ProcessEnv = { ...process.env, NODE_COMPILE_CACHE: folder };

/** How a process of a run understands its source. */
export const execArgv = ['--conditions=sahay-source', '--disable-warning=ExperimentalWarning'];

/** Starts a program that ends when its channel does, and lets it end by itself: only then its code is kept. */
export async function warmUp(program: string, args: readonly string[]): Promise<void> {
  const child = fork(program, args, { execArgv, env: compiled, stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout!, 'data'), ended]);
  if (child.connected) child.disconnect();
  child.stdout!.resume();
  await ended;
}
