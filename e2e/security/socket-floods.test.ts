/*
 * Floods and silences on the socket: too much, too many, too large, too slow, or nothing at all. Each is ended with its
 * code, memory stays bounded, and the bystander's conversation goes on.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import { defaultLimits, type Session } from '@sahay/protocol';
import { TestSocket } from '../../packages/server/src/testing/test-socket.ts';
import { postJson, Wire } from '../testing/wire.ts';
import { Bystander } from './testing/bystander.ts';
import { holds } from './testing/in-time.ts';
import { dial, frameBytes, gone, RawSocket, rawHttp } from './testing/raw-client.ts';
import { ServerProcess } from './testing/server-process.ts';

const MB = 1_048_576;
const { maxFrameBytes } = defaultLimits;
let server: ServerProcess;
let bystander: Bystander;
before(async () => {
  server = await ServerProcess.start();
  bystander = await Bystander.start(server);
});
afterEach(() => bystander.isUnharmed());
after(async () => {
  await bystander.ends().finally(() => server.dispose());
});

async function token(): Promise<string> {
  const answer = await postJson(`${server.url}/v1/sessions`, {});
  assert.equal(answer.status, 201, await answer.clone().text());
  return ((await answer.json()) as Session).accessToken;
}

async function rawVisitor(): Promise<RawSocket> {
  const raw = await RawSocket.open(server.url);
  raw.send({ type: 'hello', token: await token() });
  return raw;
}

/** How much more memory the server holds at most while something goes on. */
async function growthDuring(what: () => Promise<unknown>): Promise<number> {
  const base = await server.residentBytes();
  let peak = base;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      peak = Math.max(peak, await server.residentBytes());
      await sleep(100);
    }
  })();
  await what().finally(() => (isOver = true));
  await watching;
  return peak - base;
}

describe('a frame', { timeout: 60_000 }, () => {
  test('of exactly the most bytes is read; one byte more closes with 1009', async () => {
    for (const [extra, code] of [
      [0, 1009],
      [1, 1009],
    ] as const) {
      const socket = await TestSocket.hello(server.socketUrl, await token());
      const shell = JSON.stringify({ type: 'ping', pad: '' });
      const frame = JSON.stringify({ type: 'ping', pad: 'x'.repeat(maxFrameBytes - shell.length + extra) });
      socket.send(frame);
      if (extra === 0) {
        await socket.next('pong');
        socket.close();
      } else assert.equal((await socket.closed).code, code);
    }
  });

  test('that claims 2^53 or 2^63 bytes closes before any of them is waited for', async () => {
    for (const claims of [2n ** 53n, 2n ** 63n, BigInt(maxFrameBytes) + 1n]) {
      const raw = await rawVisitor();
      raw.send('{"type":"ping"}', { claims });
      assert.ok([1009, 1002].includes(await raw.closeCode()), String(claims));
    }
  });

  test('that is no frame of the standard closes: unmasked, reserved bits, unknown opcode, long ping, bad UTF-8, stray continuation', async () => {
    const wrong: [Buffer, number][] = [
      [frameBytes('{"type":"ping"}', { isMasked: false }), 1002],
      [frameBytes('{"type":"ping"}', { opcode: 0xb }), 1002],
      [frameBytes('x'.repeat(126), { opcode: 9 }), 1002],
      [frameBytes('', { opcode: 9, fin: false }), 1002],
      [frameBytes('x', { opcode: 0 }), 1002],
      [frameBytes(Buffer.from([0xff, 0xfe, 0x22])), 1007],
      [frameBytes(Buffer.from([0x03]), { opcode: 8 }), 1002],
    ];
    for (const [bytes, code] of wrong) {
      const raw = await rawVisitor();
      raw.write(bytes);
      assert.equal(await raw.closeCode(), code);
    }
  });

  test('that is compressed was never agreed upon: a bomb of 100 MB closes with 1002 and unpacks nothing', async () => {
    const bomb = deflateRawSync(Buffer.alloc(100 * MB));
    const grown = await growthDuring(async () => {
      const raw = await RawSocket.open(server.url, {
        'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
      });
      assert.doesNotMatch(raw.head, /permessage-deflate/i);
      raw.send(bomb.subarray(0, 200_000), { rsv1: true });
      assert.equal(await raw.closeCode(), 1002);
    });
    assert.ok(grown < 30 * MB, `${grown / MB} MB`);
  });
});

describe('a flood', { timeout: 120_000 }, () => {
  test('of fragments is closed, and holds no more memory than a frame', async () => {
    const grown = await growthDuring(async () => {
      const raws = await Promise.all(Array.from({ length: 20 }, rawVisitor));
      const pieces = Buffer.concat(
        Array.from({ length: 500 }, () => frameBytes('x', { opcode: 0, fin: false })),
      );
      for (const raw of raws) raw.write(frameBytes('"', { fin: false }));
      for (let round = 0; round < 500; round++) {
        if (raws.every(({ socket }) => socket.destroyed || socket.readableEnded)) break;
        for (const raw of raws) raw.write(pieces);
        await sleep(1);
      }
      const codes = await Promise.all(raws.map((raw) => raw.closeCode()));
      assert.ok(
        codes.every((code) => [1008, 1009, 1006, 4429].includes(code)),
        String(codes),
      );
    });
    assert.ok(grown < 60 * MB, `${grown / MB} MB`);
  });

  test('of pings from somebody who never reads is closed, and nothing piles up for her', async () => {
    const grown = await growthDuring(async () => {
      const raws = await Promise.all(Array.from({ length: 4 }, rawVisitor));
      await sleep(100);
      const ping = frameBytes('p'.repeat(125), { opcode: 9 });
      const pings = Buffer.concat(Array.from({ length: 500 }, () => ping));
      for (const { socket } of raws) socket.pause();
      const end = performance.now() + 30_000;
      while (performance.now() < end && raws.some(({ socket }) => !socket.destroyed && socket.writable)) {
        for (const raw of raws) if (raw.socket.writableLength < MB) raw.write(pings);
        await sleep(1);
      }
      const open = raws.filter(({ socket }) => !socket.destroyed && socket.writable);
      for (const { socket } of raws) socket.destroy();
      assert.equal(open.length, 0, 'The flood went on.');
    });
    assert.ok(grown < 60 * MB, `${grown / MB} MB`);
  });

  test('of pongs nobody asked for is closed', async () => {
    const raw = await rawVisitor();
    const pongs = Buffer.concat(Array.from({ length: 2_000 }, () => frameBytes('', { opcode: 10 })));
    raw.write(pongs);
    assert.equal(await raw.closeCode(), 4429);
  });

  test('of large frames before hello is closed, and none of it is kept', async () => {
    const grown = await growthDuring(async () => {
      const raws = await Promise.all(Array.from({ length: 30 }, () => RawSocket.open(server.url)));
      const large = frameBytes(JSON.stringify({ type: 'hello', token: 'x'.repeat(250_000) }));
      for (const raw of raws) for (let count = 0; count < 40; count++) raw.write(large);
      const codes = await Promise.all(raws.map((raw) => raw.closeCode()));
      assert.ok(
        codes.every((code) => code === 4400 || code === 4401 || code === 1006),
        String(codes),
      );
    });
    assert.ok(grown < 120 * MB, `${grown / MB} MB`);
  });

  test('of subscriptions to one long conversation is read for in turn, and does not keep others waiting', async () => {
    const visitor = await Wire.visitor(server);
    await visitor.begins('Long');
    await visitor.give('handoff.request', {});
    for (let count = 0; count < 15; count++) {
      const reply = await visitor.says('long '.repeat(3_100));
      assert.equal(reply.type, 'ack', JSON.stringify(reply));
    }
    const stream = `conversation:${visitor.conversationId}:public` as const;
    const grown = await growthDuring(async () => {
      const before = visitor.socket.frames.length;
      for (let count = 0; count < 350; count++) visitor.socket.send({ type: 'subscribe', stream });
      await bystander.isUnharmed();
      await visitor.socket.subscribe(stream);
      // Those that another took the place of before their turn came were not read for.
      const read = visitor.socket.frames.slice(before).filter(({ type }) => type === 'subscribed').length;
      assert.ok(read < 100, String(read));
    });
    assert.ok(grown < 150 * MB, `${grown / MB} MB`);
    visitor.socket.close();
  });
});

describe('sockets', { timeout: 60_000, concurrency: 2 }, () => {
  test('that never say hello are closed with 4408, however many pings they send', async () => {
    const raws = await Promise.all(Array.from({ length: 20 }, () => RawSocket.open(server.url)));
    const pinging = setInterval(() => raws.forEach((raw) => raw.send('', { opcode: 9 })), 500);
    const codes = await Promise.all(raws.map((raw) => raw.closeCode(14_000))).finally(() =>
      clearInterval(pinging),
    );
    assert.deepEqual([...new Set(codes)], [4408]);
  });

  test('that stop in the middle of the handshake are hung up on', async () => {
    const { socket } = await dial(server.url);
    socket.write('GET /v1/socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nX-Slow: ');
    const dripping = setInterval(() => socket.writable && socket.write('x'), 400);
    const began = performance.now();
    await gone(socket).finally(() => clearInterval(dripping));
    assert.ok(performance.now() - began < 20_000);
  });
});

describe('many sockets', { timeout: 120_000 }, () => {
  test('of one visitor are at most as many as tabs make sense; the others are told 4429', async () => {
    const own = await token();
    const sockets = await Promise.all(
      Array.from({ length: 70 }, async () => {
        const socket = new TestSocket(server.socketUrl);
        await once(socket.ws, 'open');
        socket.send({ type: 'hello', token: own });
        const verdict = await Promise.race([
          socket.next('welcome').then(
            () => 'welcome' as const,
            () => socket.closed.then(({ code }) => code),
          ),
          socket.closed.then(({ code }) => code),
        ]);
        return { ...socket, verdict };
      }),
    );
    assert.ok(sockets.every(({ verdict }) => verdict === 'welcome'));
    const stillOpen = () => sockets.filter(({ ws }) => ws.readyState === ws.OPEN);
    assert.ok(await holds(() => stillOpen().length <= 50), String(stillOpen().length));
    const open = stillOpen();
    assert.ok(open.length >= 32, String(open.length));
    const closed = await Promise.all(
      sockets.filter(({ ws }) => ws.readyState !== ws.OPEN).map(async (socket) => (await socket.closed).code),
    );
    assert.deepEqual([...new Set(closed)], [4429]);
    for (const { ws } of open) ws.terminate();
    const again = await TestSocket.hello(server.socketUrl, own);
    again.close();
  });

  test('on odd paths, or with odd upgrades, are refused without a socket', async () => {
    const key = randomBytes(16).toString('base64');
    const upgrade = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n`;
    for (const path of [
      '/',
      '/v1/socket/',
      '/v1/socket%00',
      '/v1//socket',
      '//v1/socket',
      '/V1/socket',
      '/v1/socket/../x',
      '*',
    ])
      assert.match(
        await rawHttp(server.url, `GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`),
        /^HTTP\/1\.1 (404|400) /,
        path,
      );
    for (const [headers, status] of [
      [upgrade.replace('Version: 13', 'Version: 7'), /^HTTP\/1\.1 (400|426) /],
      [upgrade.replace(key, 'short'), /^HTTP\/1\.1 400 /],
      [upgrade.replace('Upgrade: websocket', 'Upgrade: h2c'), /^HTTP\/1\.1 4\d\d /],
    ] as const)
      assert.match(await rawHttp(server.url, `GET /v1/socket HTTP/1.1\r\nHost: x\r\n${headers}\r\n`), status);
    assert.match(
      await rawHttp(server.url, `POST /v1/socket HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n${upgrade}\r\n`),
      /^HTTP\/1\.1 4\d\d /,
    );
    const tooMany = Array.from({ length: 500 }, (_, index) => `p${index}`).join(', ');
    const raw = await RawSocket.open(server.url, { 'Sec-WebSocket-Protocol': tooMany });
    assert.equal(await raw.closeCode(), 4406);
  });

  test('closed and opened again and again leave nothing behind', async () => {
    const own = await token();
    const churn = async (rounds: number): Promise<void> => {
      for (let round = 0; round < rounds; round++)
        await Promise.all(
          Array.from({ length: 20 }, async () => {
            const socket = await TestSocket.hello(server.socketUrl, own);
            socket.send({ type: 'subscribe', stream: `conversation:c_${randomUUID()}:public` });
            socket.ws.terminate();
          }),
        );
    };
    await churn(10);
    const grown = await growthDuring(() => churn(30));
    assert.ok(grown < 40 * MB, `${grown / MB} MB`);
  });
});
