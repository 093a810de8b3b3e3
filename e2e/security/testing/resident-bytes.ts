import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The memory that a process of this machine holds in RAM, in bytes; asks `ps`, which Linux and macOS both have. */
export async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  const bytes = Number(stdout.trim()) * 1024;
  if (!(bytes > 0)) throw new Error(`There is no process ${pid} to measure.`);
  return bytes;
}
