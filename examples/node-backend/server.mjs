import { createServer } from 'node:http';
import { defaultLimits as limits, makeProblem, subprotocol } from '@sahay/protocol';
import { FrameSession } from '@sahay/protocol/core';
import { WebSocketServer } from 'ws';
import { identityIn, refusal, Store } from './state.mjs';

const { PORT = '4001', DATA = 'conversations.jsonl' } = process.env;
const [tenant, bot] = ['example', { id: 'bot', role: 'bot', name: 'Echo' }];
const say = (text) => [{ partId: 'p1', type: 'text', text }];
const answerTo = (text) => say(`You said: ${text}`); // Your answer goes here.
const capabilities = ['multiple_conversations'];
const offered = /^(command\.void|conversation\.(start|close|reopen)|message\.send)$/;
const endpoints = { api: '/v1', socket: '/v1/socket' };
const discovery = { protocol: 'sahay', versions: ['1'], tenant, capabilities, limits, endpoints };
const welcome = { locale: 'en', author: bot, parts: say('Hello!'), availability: { open: true } };
const store = new Store(DATA, tenant, { limits, bot, greeting: () => welcome.parts });
const identity = identityIn(store, tenant);

const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }; // Or your sites.
const routes = {
  'GET /.well-known/sahay': () => [200, discovery],
  'GET /v1/welcome': () => [200, welcome],
  'POST /v1/sessions': () => [201, identity.begin()],
  'POST /v1/sessions/refresh': ({ refreshSecret }) => [200, identity.refresh(refreshSecret)],
};
async function serve({ method, url }, pieces) {
  const route = method === 'OPTIONS' ? () => [204] : routes[`${method} ${url.split('?')[0]}`];
  if (!route) throw refusal('not_found', 'There is nothing at this address.');
  let body = '';
  for await (const piece of pieces)
    if ((body += piece).length > 65_536) throw refusal('frame_too_large', 'Send less.');
  return route(Object(JSON.parse(body || '{}')));
}
const server = createServer(async (request, response) => {
  const [status, body] = await serve(request, request).catch((error) => {
    const { problem } = error instanceof SyntaxError ? refusal('invalid_frame', 'This is no JSON.') : error;
    if (!problem && !request.destroyed) throw error; // Whoever asked may have gone away.
    return [problem?.status ?? 400, problem];
  });
  const type = `application/${status < 400 ? '' : 'problem+'}json`;
  response.writeHead(status, { ...cors, 'Content-Type': type }).end(body && JSON.stringify(body));
});
server.listen(Number(PORT), () => console.log(`http://localhost:${server.address().port}`));

/** Commands are on disk before they run, and so before anybody hears of them. The bot's answer is one of its own. */
function execute(actor, numbered, malformed) {
  const { type, conversationId, data } = numbered.command;
  const absent = offered.test(type) ? undefined : makeProblem('capability_absent', `No ${type} here.`);
  const reply = store.write({ actor, numbered, refusal: malformed ?? absent });
  if (reply.type === 'reject' || type !== 'message.send') return reply;
  const outboxId = `to-${reply.result.messageId}`; // One for each question: sent again, it is not answered again.
  const parts = answerTo(data.parts.map((part) => part.text ?? '').join('\n'));
  const command = { type, conversationId, data: { clientMessageId: outboxId, parts } };
  store.write({ actor: { ...bot, tenantId: tenant }, numbered: { outboxId, n: 1, command } });
  return reply;
}

const [heartbeatMs, maxPayload] = [25_000, limits.maxFrameBytes];
const { backend } = store;
const host = { ...identity, backend, execute, now: Date.now, welcome: { heartbeatMs, limits } };
// Whatever version is offered is answered, so that a browser hears the close code that says that it is not spoken.
const handleProtocols = (offers) => (offers.has(subprotocol) ? subprotocol : [...offers][0]);
const sockets = new WebSocketServer({ server, path: endpoints.socket, maxPayload, handleProtocols });
sockets.on('connection', (ws) => {
  if (ws.protocol !== subprotocol) return ws.close(4406, 'no common version');
  const send = (frame) => ws.send(JSON.stringify(frame));
  const session = new FrameSession(host, { send, close: (code, reason) => ws.close(code, reason) });
  let unanswered = 0;
  const beat = setInterval(() => (unanswered++ > 1 ? ws.terminate() : ws.ping()), heartbeatMs);
  setTimeout(() => session.actor ?? ws.close(4408, 'no hello in time'), 10_000);
  ws.on('pong', () => (unanswered = 0));
  ws.on('message', (data) => session.receive(String(data)));
  ws.on('error', () => {}); // `close` follows.
  ws.on('close', () => (clearInterval(beat), session.end()));
});
