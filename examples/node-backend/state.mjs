// What is kept: a log on disk, one transaction a line, and in memory what the lines add up to.
import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { appendFileSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { makeProblem } from '@sahay/protocol';
import { MemoryBackend } from '@sahay/protocol/core';

export class Store {
  sessions = new Map(); // visitor → how often she has renewed her session; 0 once it has ended
  constructor(path, tenantId, policy) {
    // Time and ids come from the line that is run, so that running it again leads to the same.
    const newId = (prefix) => (prefix === 'ep' ? this.epoch : `${prefix}-${this.line.salt}-${++this.ids}`);
    this.backend = new MemoryBackend({ tenantId, policy, now: () => this.line.at, newId });
    this.file = openSync(path, 'a+');
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1); // A line that a crash cut off was never acknowledged.
    ftruncateSync(this.file, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) this.#run(JSON.parse(line));
    if (!this.key) this.write({ key: randomBytes(32).toString('hex'), epoch: `ep-${randomUUID()}` });
  }
  /** Lets something happen once it is on disk. When the disk fails this throws, and the process ends unsaid. */
  write(record) {
    const line = { ...record, at: Date.now(), salt: randomUUID() };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
    fsyncSync(this.file);
    return this.#run(line);
  }
  #run(line) {
    Object.assign(this, { line, ids: 0 }, line.key && { key: line.key, epoch: line.epoch });
    if (line.session) this.sessions.set(line.session.id, line.session.renewals);
    if (line.numbered) return this.backend.execute(line.actor, line.numbered, line.refusal);
  }
}

export const refusal = (code, detail) =>
  Object.assign(new Error(detail), { problem: makeProblem(code, detail) });
const invalid = refusal(
  'token_invalid',
  'It is not of this server, or its session has ended. Begin a new one.',
);
const hash = (text) => createHash('sha256').update(text).digest();

/** Anonymous sessions. Tokens and secrets carry a seal; a session counts how often it was renewed. */
export function identityIn(store, tenantId) {
  const seal = (words) => `${words}.${createHmac('sha256', store.key).update(words).digest('base64url')}`;
  const unseal = (kind, token) => {
    const [, id, number] = String(token).split('.');
    const isOurs = timingSafeEqual(hash(seal(`${kind}.${id}.${number}`)), hash(String(token)));
    return isOurs && store.sessions.get(id) ? { id, number: Number(number) } : {};
  };
  const session = (id, renewals) => {
    const expires = new Date(Date.now() + 15 * 60_000);
    const [accessToken, refreshSecret] = [`access.${id}.${+expires}`, `refresh.${id}.${renewals}`].map(seal);
    return {
      accessToken,
      expiresAt: expires.toISOString(),
      refreshSecret,
      participant: { id, role: 'visitor' },
    };
  };
  const renewed = (id, renewals) => (store.write({ session: { id, renewals } }), session(id, renewals));
  const refresh = (secret) => {
    const { id, number } = unseal('refresh', secret);
    const latest = store.sessions.get(id);
    if (id && number === latest) return renewed(id, latest + 1);
    if (id && number === latest - 1) return session(id, latest); // The answer that held the latest was lost.
    if (id) store.write({ session: { id, renewals: 0 } }); // Somebody copied an older one: the session ends.
    throw invalid;
  };
  const verify = (token) => {
    const { id, number } = unseal('access', token);
    if (id && number <= Date.now()) return refusal('token_expired', 'Refresh the session.');
    return id ? { actor: { id, role: 'visitor', tenantId }, expiresAt: number } : invalid;
  };
  return { begin: () => renewed(`v-${randomUUID()}`, 1), refresh, verify };
}
