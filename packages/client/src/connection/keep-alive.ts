import type { WelcomeFrame } from '@sahay/protocol';
import { problemOf } from '../sahay-error.ts';
import type { Connection } from './connection.ts';

/** How long the server may take to answer a ping, in ms; less when the page was asleep. */
const answerMs = 10_000;
const wokenAnswerMs = 4_000;
/** A timer that comes this late, in ms, says that the page was asleep. */
const asleepMs = 5_000;
/** The share of a token's life after which it is renewed, and after which that is tried again when it failed. */
const renewAt = 0.8;
const renewAgainAt = 0.05;

const clamp = (ms: number, min: number, max: number): number => Math.min(Math.max(ms, min), max);

/**
 * Asks regularly whether the server is there, and renews the token before it runs out.
 *
 * @param token the one that was welcomed.
 * @returns what asks at once, for when the page wakes.
 */
export function keepAlive(line: Connection, welcome: WelcomeFrame, token: string): () => void {
  beat(line, clamp(welcome.heartbeatMs, 1_000, 300_000));
  // Both times are the server's, so this clock need not be right.
  renewLater(line, Date.parse(welcome.tokenExpiresAt ?? '') - Date.parse(welcome.serverTime), token);
  return () => probe(line, wokenAnswerMs);
}

function beat(line: Connection, everyMs: number): void {
  const { clock } = line.options;
  const due = clock.now() + everyMs;
  line.later(everyMs, () => {
    beat(line, everyMs);
    probe(line, clock.now() - due > asleepMs ? wokenAnswerMs : Math.min(everyMs, answerMs));
  });
}

function probe(line: Connection, withinMs: number): void {
  const before = line.heard;
  line.send({ type: 'ping' });
  line.later(withinMs, () => line.heard === before && line.lost('heartbeat_missed'));
}

/** Renews the token in band. A life that is no number has no end. */
function renewLater(line: Connection, lifeMs: number, token: string, share = renewAt): void {
  if (!(lifeMs > 0)) return;
  const { tokens, onFrame } = line.options;
  line.later(clamp(lifeMs * share, 1_000, 2 ** 31 - 1), async () => {
    const { attempt } = line;
    const next = await tokens.get('expired', token).catch((error: unknown) => {
      onFrame({ type: 'problem', problem: problemOf(error) });
    });
    if (attempt !== line.attempt) return;
    if (next) line.send({ type: 'token', token: next });
    renewLater(line, lifeMs, next ?? token, next ? renewAt : renewAgainAt);
  });
}
