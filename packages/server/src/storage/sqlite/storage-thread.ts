import { Worker } from 'node:worker_threads';

// A worker's address is no import: nothing rewrites its extension when the sources are compiled.
const workerUrl = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** Starts the thread that will hold a database. It loads its code, and opens nothing until a store gives it a file. */
export const startStorageThread = (): Worker => new Worker(workerUrl, { name: 'sahay-storage' });
