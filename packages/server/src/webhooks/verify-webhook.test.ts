import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeenWebhooks, verifyWebhook, WebhookRefusedError } from './index.ts';
import { isSigned, keyOf, signWebhook } from './webhook-signature.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const newer = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const now = 1_800_000_000_000;
const timestamp = now / 1000;
const event = {
  id: 'e_1',
  type: 'survey.submitted',
  timestamp: '2027-01-15T08:00:00.000Z',
  conversationId: 'c_1',
  data: {},
};
const body = JSON.stringify(event);

function signed(
  secrets: readonly string[],
  parts: Partial<{ id: string; timestamp: number; body: string }> = {},
) {
  const { id, timestamp: at, body: text } = { id: 'e_1', timestamp, body, ...parts };
  const signature = signWebhook({ id, timestamp: at, body: text }, secrets);
  return {
    headers: { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signature },
    body: text,
  };
}

const refusalOf = (received: Parameters<typeof verifyWebhook>[0], secrets = [secret]): string => {
  try {
    verifyWebhook(received, { secrets, now });
    return 'taken';
  } catch (error) {
    assert.ok(error instanceof WebhookRefusedError, String(error));
    return error.code;
  }
};

test('the signature is that of the convention’s own example', () => {
  const parts = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  assert.equal(signWebhook(parts, [secret]), 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('a webhook that is signed and fresh is read, from either kind of headers', () => {
  const received = signed([secret]);
  assert.deepEqual(verifyWebhook(received, { secrets: [secret], now }), event);
  const { headers } = received;
  const bytes = { headers: new Headers(headers), body: new TextEncoder().encode(body) };
  assert.deepEqual(verifyWebhook(bytes, { secrets: [secret], now }), event);
});

test('while a secret is replaced, whoever has either of the two believes', () => {
  const both = signed([newer, secret]);
  assert.equal(refusalOf(both, [secret]), 'taken');
  assert.equal(refusalOf(both, [newer]), 'taken');
  assert.equal(refusalOf(signed([secret]), [newer, secret]), 'taken');
  assert.equal(refusalOf(signed([newer]), [secret]), 'signature_wrong');
});

test('what was changed on the way is refused, whichever part it is', () => {
  const received = signed([secret]);
  const withHeader = (name: string, value: string) => ({
    ...received,
    headers: { ...received.headers, [name]: value },
  });
  assert.equal(refusalOf({ ...received, body: body.replace('c_1', 'c_2') }), 'signature_wrong');
  assert.equal(refusalOf(withHeader('webhook-id', 'e_2')), 'signature_wrong');
  assert.equal(refusalOf(withHeader('webhook-timestamp', String(timestamp + 1))), 'signature_wrong');
  for (const signature of ['v1,', 'v1,AAAA', 'v1a,AAAA', received.headers['webhook-signature'].slice(3)])
    assert.equal(refusalOf(withHeader('webhook-signature', signature)), 'signature_wrong', signature);
});

test('an old one that is sent again is refused, and so is one from the future', () => {
  assert.equal(refusalOf(signed([secret], { timestamp: timestamp - 300 })), 'taken');
  assert.equal(refusalOf(signed([secret], { timestamp: timestamp - 301 })), 'timestamp_out_of_range');
  assert.equal(refusalOf(signed([secret], { timestamp: timestamp + 301 })), 'timestamp_out_of_range');
});

test('what is no webhook is refused', () => {
  const received = signed([secret]);
  assert.equal(refusalOf({ headers: {}, body }), 'headers_missing');
  assert.equal(
    refusalOf({ ...received, headers: { ...received.headers, 'webhook-timestamp': '1e9' } }),
    'headers_missing',
  );
  assert.equal(refusalOf(signed([secret], { body: 'null' })), 'body_invalid');
  assert.equal(refusalOf(signed([secret], { body: body.replace('e_1', 'e_2') })), 'body_invalid');
});

test('a secret is whsec_ and 24 to 64 bytes', () => {
  const of = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 1).toString('base64')}`;
  assert.deepEqual(
    [of(23), of(24), of(64), of(65), 'whsec_', 'hunter2', `${of(24)}!`].map((one) => keyOf(one)?.length),
    [undefined, 24, 64, undefined, undefined, undefined, undefined],
  );
  assert.throws(() => isSigned({ id: 'e', timestamp, body }, 'v1,AAAA', ['hunter2']), RangeError);
});

test('an event that came is known again, until too many others did', () => {
  const seen = new SeenWebhooks(2);
  assert.deepEqual(
    ['a', 'a', 'b', 'c', 'a'].map((id) => seen.isRepeated(id)),
    [false, true, false, false, false],
  );
});
