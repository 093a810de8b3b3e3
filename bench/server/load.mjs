// The people: a process of its own, so that they don't take the server's processor time for their own.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../../packages/client/src/connection/backoff.ts';
import { agentToken, Line, post, visitorToken } from './line.mjs';
import { answer } from './processes.mjs';

const { WebSocket } = createRequire(import.meta.resolve('@sahay/server'))('ws');

const text = 'Where is my order? It was sent on Monday and should have been here by now, I think. '.repeat(2);

/** Runs `work` for 0 … count − 1, some at a time. */
async function inTurn(count, atOnce, work) {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, one));
}

/** Several loopback addresses, so that neither side runs out of ports. */
const address = (index) => `127.0.0.${2 + (index % 8)}`;

const held = [];
let stormed;

answer({
  /** Connections with all the session state that a visitor has: a session, a conversation, two live subscriptions. */
  async hold(url, count) {
    const before = held.length;
    await inTurn(count, 50, async (index) => {
      const line = new Line(url, await visitorToken(url));
      await line.open(address(index));
      await line.give('conversation.start', { locale: 'en' });
      await line.subscribe(line.publicStream);
      await line.subscribe(`user:${userOf(line.token)}`);
      held.push(line);
    });
    return held.length - before;
  },

  /** Bare connections to the echo. */
  async holdBare(url, count) {
    await inTurn(count, 200, async (index) => {
      const socket = new WebSocket(url.replace('http', 'ws'), {
        perMessageDeflate: false,
        localAddress: address(index),
      });
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
      held.push({ socket });
    });
    return held.length;
  },

  /** How many of those that are held are still open. */
  open: () => held.filter(({ socket }) => socket.readyState === WebSocket.OPEN).length,

  async release() {
    for (const { socket } of held.splice(0)) socket.terminate();
    await sleep(500);
  },

  /** Senders that each send the next message when the last was acknowledged, for so many seconds. */
  async throughput(url, senders, seconds) {
    const lines = await Promise.all(Array.from({ length: senders }, () => begun(url)));
    const waits = [];
    let isMeasured = false;
    let isOver = false;
    const talks = lines.map(async (line) => {
      while (!isOver) {
        const began = performance.now();
        await line.says(text);
        if (isMeasured) waits.push(performance.now() - began);
      }
    });
    await sleep(1_000);
    isMeasured = true;
    const began = performance.now();
    await sleep(seconds * 1000);
    const elapsed = (performance.now() - began) / 1000;
    isOver = true;
    await Promise.all(talks);
    for (const { socket } of lines) socket.close();
    return { perSecond: waits.length / elapsed, waits };
  },

  /** One message at a time on an idle server. */
  async idleAck(url, count) {
    const line = await begun(url);
    const waits = [];
    for (let index = 0; index < count; index++) {
      await sleep(5);
      const began = performance.now();
      await line.says(text);
      waits.push(performance.now() - began);
    }
    line.socket.close();
    return waits;
  },

  /** The same with the echo. */
  async echo(url, count) {
    const socket = new WebSocket(url.replace('http', 'ws'), { perMessageDeflate: false });
    await new Promise((resolve) => socket.on('open', resolve));
    const waits = [];
    for (let index = 0; index < count; index++) {
      await sleep(5);
      const began = performance.now();
      const heard = new Promise((resolve) => socket.once('message', resolve));
      socket.send(text);
      await heard;
      waits.push(performance.now() - began);
    }
    socket.close();
    return waits;
  },

  /** From a visitor's send to the event at each of so many agents who have the conversation open. */
  async fanOut(url, signInUrl, agents, messages) {
    const owner = await agentToken(url, signInUrl, 'Agent 0');
    const tokens = [owner];
    for (let index = 1; index < agents; index++) {
      const { answer: invited } = await post(
        `${url}/v1/agents`,
        { name: `Agent ${index}` },
        { authorization: `Bearer ${owner}` },
      );
      tokens.push(await agentToken(url, invited.signInUrl, `Agent ${index}`));
    }
    const visitor = await begun(url);
    const delays = [];
    let sentAt = 0;
    let arrived = () => undefined;
    let missing = 0;
    const lines = await Promise.all(
      tokens.map(async (token) => {
        const line = new Line(url, token);
        await line.open();
        await line.subscribe('inbox:default');
        await line.subscribe(`conversation:${visitor.conversationId}:staff`);
        line.onEvent = ({ type, stream }) => {
          if (type !== 'message.created' || stream.startsWith('inbox')) return;
          delays.push(performance.now() - sentAt);
          if (--missing === 0) arrived();
        };
        return line;
      }),
    );
    for (let index = 0; index < messages; index++) {
      missing = agents;
      const all = new Promise((resolve) => (arrived = resolve));
      sentAt = performance.now();
      await visitor.says(text);
      await all;
      await sleep(5);
    }
    for (const { socket } of [visitor, ...lines]) socket.close();
    return delays;
  },

  /** Visitors who have missed the last events of their conversations when the server dies. */
  async prepareStorm(url, count) {
    const lines = [];
    await inTurn(count, 50, async (index) => {
      const line = new Line(url, await visitorToken(url));
      await line.open(address(index));
      await line.begins();
      await line.subscribe(line.publicStream);
      for (let said = 0; said < 3; said++) await line.says(text);
      lines.push(line);
    });
    await sleep(500);
    for (const line of lines) {
      line.head = line.cursors.get(line.publicStream).seq;
      line.cursors.set(line.publicStream, cursorBack(line, 3));
    }
    stormed = Promise.all(lines.map(comesBack));
    stormed.catch(() => undefined);
    return lines.length;
  },

  /** Resolves with the moment (ms since 1970) at which the last one had caught up, and how many had. */
  stormed: () => stormed.then((moments) => ({ last: Math.max(...moments), count: moments.length })),
});

async function begun(url) {
  const line = new Line(url, await visitorToken(url));
  await line.open();
  await line.begins();
  return line;
}

const userOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).sub;

/** A cursor from before the last events, as it stood when they came. */
function cursorBack(line, count) {
  const cursor = line.trail.at(-1 - count);
  if (!cursor) throw new Error('The conversation is shorter than what was to be missed.');
  return cursor;
}

/** Comes back by the client's own back-off until it has caught up. */
async function comesBack(line) {
  await new Promise((resolve) => (line.onClosed = resolve));
  line.onClosed = undefined;
  for (let attempt = 0; ; attempt++) {
    await sleep(backoff(attempt, Math.random));
    try {
      await line.open();
      break;
    } catch {
      line.socket.terminate();
    }
  }
  const caughtUp = new Promise((resolve) => {
    line.onEvent = () => {
      if (line.cursors.get(line.publicStream).seq >= line.head) resolve();
    };
  });
  const subscribed = await line.subscribe(line.publicStream);
  if (!subscribed.recovered) throw new Error('A cursor that fits was answered with a snapshot.');
  await caughtUp;
  return Date.now();
}
