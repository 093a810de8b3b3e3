import type { Discovery, WebhookEvent } from '@sahay/protocol';
import { validatorOf } from '@sahay/protocol/validate-ajv';
import type { Check } from '../check.ts';
import { must } from '../finding.ts';
import type { Person } from '../person.ts';
import type { Stage } from '../stage.ts';
import { WebhookReceiver, type WebhookAttempt } from '../wire/webhook-receiver.ts';
import { newWebhookSecret, webhookSignature } from '../wire/webhook-signature.ts';

const validateEvent = validatorOf<WebhookEvent>('WebhookEvent');
/** How far an attempt's time may be from the backend's own, in ms. */
const tolerance = 300_000;

function eventIn({ id, body }: WebhookAttempt): WebhookEvent {
  const verdict = validateEvent(parsed(body));
  must(verdict.valid, 'a WebhookEvent in the body', verdict.valid || `${verdict.error} in ${body}`);
  must(verdict.value.id === id, 'the id of the event in `webhook-id`', `${id} for ${body}`);
  return verdict.value;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

const isSignedWith = ({ id, timestamp, body, signatures }: WebhookAttempt, secret: string): boolean =>
  signatures.includes(webhookSignature(id, timestamp, body, secret));

/** How often the patience of a run is waited for an attempt: the second comes after some seconds. */
const patience = 3;

/** Waits for an attempt that tells of a message. */
async function attemptFor(
  stage: Stage,
  { attempts }: WebhookReceiver,
  text: string,
  isMeant: (attempt: WebhookAttempt) => boolean = () => true,
): Promise<WebhookAttempt> {
  const find = (): WebhookAttempt | undefined =>
    attempts.find((attempt) => attempt.body.includes(text) && isMeant(attempt));
  await stage.until(() => find() !== undefined, patience * stage.patienceMs);
  const found = find();
  must(
    found !== undefined,
    `an attempt to tell of the message "${text}"`,
    attempts.map(({ body }) => body),
  );
  return found;
}

/** Attempts carry the time of the attempt by the backend's clock, which a driver may have moved. */
async function mustBeFresh({ timestamp, at }: WebhookAttempt, visitor: Person): Promise<void> {
  must(/^\d+$/.test(timestamp), '`webhook-timestamp` in whole seconds', timestamp);
  const asked = Date.now();
  const { serverTime } = await (await visitor.reconnect()).next('welcome');
  const sent = Number(timestamp) * 1000 + (asked - at);
  must(
    Math.abs(Date.parse(serverTime) - sent) < tolerance,
    'the time of the attempt in `webhook-timestamp`',
    `${timestamp}, when it was ${serverTime}`,
  );
}

async function play(stage: Stage, receiver: WebhookReceiver): Promise<void> {
  const driver = stage.driver('sendWebhooks');
  const { url } = receiver;
  const [older, newer] = [newWebhookSecret(), newWebhookSecret()];
  await driver.sendWebhooks({ url, secrets: [older] });
  const { json } = await stage.api.ask('/.well-known/sahay');
  const { capabilities } = json as Discovery;
  must(capabilities.includes('webhooks'), 'the capability `webhooks`', capabilities);
  const visitor = await stage.visitor();
  const conversationId = await visitor.begins();

  await visitor.says('under the first secret', conversationId);
  const first = await attemptFor(stage, receiver, 'under the first secret');
  must(isSignedWith(first, older), 'a signature with the secret over id, time and body', first);
  must(eventIn(first).type === 'message.created', 'message.created', first.body);

  const isOfNewer = (attempt: WebhookAttempt): boolean => isSignedWith(attempt, newer);
  receiver.takes = isOfNewer;
  await visitor.says('under both', conversationId);
  const refused = await attemptFor(stage, receiver, 'under both');
  await driver.sendWebhooks({ url, secrets: [newer, older] });
  const again = await attemptFor(stage, receiver, 'under both', isOfNewer);
  must(again.id === refused.id && again.body === refused.body, 'the same id and body again', [
    refused,
    again,
  ]);
  must(isSignedWith(again, older), 'signatures with the new secret and with the old', again);
  await mustBeFresh(again, visitor);

  await driver.sendWebhooks({ url, secrets: [newer] });
  await visitor.reconnect();
  await visitor.says('under the second secret', conversationId);
  const last = await attemptFor(stage, receiver, 'under the second secret');
  must(isSignedWith(last, newer), 'a signature with the new secret', last);
  must(!isSignedWith(last, older), 'no signature with a secret that is gone', last);
  const ids = [first, again, last].map(({ id }) => id);
  must(new Set(ids).size === ids.length, 'an id of its own for each event', ids);
}

const webhookSignatureRotationReplay: Check = {
  id: 'webhook-signature-rotation-replay',
  section: '9.11',
  level: 'full',
  title:
    'Webhooks are signed over id, time and body, with both secrets while one is replaced; one that was refused comes again under its id.',
  needs: { driver: ['sendWebhooks'] },
  async run(stage) {
    const receiver = await WebhookReceiver.start();
    try {
      await play(stage, receiver);
    } finally {
      await stage.driver('sendWebhooks').sendWebhooks({});
      await receiver.close();
    }
  },
};

/** What other programs are told. */
export const webhookChecks: readonly Check[] = [webhookSignatureRotationReplay];
