import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import { says } from '../said.ts';

const heartbeatDeadPeer: Check = {
  id: 'heartbeat-dead-peer',
  section: '8.1',
  level: 'core',
  title: 'A ping is answered; a peer that answers none is taken for dead, one that does is not.',
  needs: { transports: ['websocket'] },
  async run(stage) {
    const { accessToken } = await stage.session();
    const alive = await stage.connect(accessToken);
    const { heartbeatMs } = await alive.next('welcome');
    must(heartbeatMs >= 1_000 && heartbeatMs <= 120_000, 'a heartbeat of 1 to 120 s', heartbeatMs);
    alive.send({ type: 'ping' });
    await alive.next('pong');
    const { driver } = stage.target;
    if (!driver?.advanceClock) return;
    const { peer: dead } = await stage.socket({ answersPings: false });
    dead.send({ type: 'hello', token: accessToken });
    await dead.next('welcome');
    for (let beat = 0; beat < 6 && dead.isOpen; beat++) {
      await driver.advanceClock({ ms: heartbeatMs });
      await Promise.race([dead.ended, stage.wait(beat < 4 ? stage.patienceMs / 4 : stage.patienceMs)]);
    }
    must(!dead.isOpen, 'the end of a peer that answers no ping', 'an open connection after six heartbeats');
    must(alive.isOpen, 'the one that answers to stay', 'its connection has ended too');
  },
};

const helloFirst: Check = {
  id: 'hello-first',
  section: '8.1',
  level: 'core',
  title: 'Nothing is answered before `hello`: whatever comes first instead closes the socket with 4401.',
  needs: { transports: ['websocket'] },
  async run(stage) {
    for (const frame of [
      { type: 'ping' },
      { type: 'subscribe', stream: 'user:nobody' },
      { type: 'command', outboxId: 'o-early', n: 1, command: { type: 'command.void', data: {} } },
    ] as const) {
      const { peer } = await stage.socket();
      peer.send(frame);
      const end = await Promise.race([peer.ended, stage.wait(stage.patienceMs)]);
      must(end?.code === 4401, `a close with 4401 upon "${frame.type}"`, end ?? 'an open connection');
      must(peer.log.frames.length === 0, `no answer to "${frame.type}"`, peer.log.frames);
    }
  },
};

const oversizeFrameCloseCode: Check = {
  id: 'oversize-frame-close-code',
  section: '12.3',
  level: 'core',
  title: 'A frame of `maxFrameBytes` is taken, one of a byte more closes the socket with 1009.',
  needs: { transports: ['websocket'] },
  async run(stage) {
    const { accessToken } = await stage.session();
    const { maxFrameBytes } = stage.discovery.limits;
    const ofBytes = (bytes: number): string => {
      const empty = JSON.stringify({ type: 'ping', padding: '' });
      return JSON.stringify({ type: 'ping', padding: 'x'.repeat(bytes - empty.length) });
    };
    const peer = await stage.connect(accessToken);
    peer.send(ofBytes(maxFrameBytes));
    await peer.next('pong');
    peer.send(ofBytes(maxFrameBytes + 1));
    const end = await Promise.race([peer.ended, stage.wait(stage.patienceMs)]);
    must(end?.code === 1009, 'a close with 1009', end ?? 'an open connection');
  },
};

const schemaEveryFrame: Check = {
  id: 'schema-every-frame',
  section: '8.1',
  level: 'core',
  title: 'Every frame of the backend, in all checks of this run, follows the schema.',
  isLast: true,
  async run(stage) {
    const visitor = await stage.visitor();
    const conversationId = await visitor.begins();
    const reading = await visitor.readsPublic(conversationId);
    await visitor.says('Hello.', conversationId);
    await reading.event('message.created', says('Hello.'));
    const peer = await visitor.peer();
    peer.send({ type: 'ping' });
    await peer.next('pong');
    must(stage.invalidFrames.length === 0, 'frames of the schema alone', stage.invalidFrames[0]);
  },
};

/** The line itself. */
export const socketChecks: readonly Check[] = [heartbeatDeadPeer, schemaEveryFrame, helloFirst];
/** How it ends. */
export const closeCodeChecks: readonly Check[] = [oversizeFrameCloseCode];
