import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Part } from '../../index.ts';
import { Stage, ayesha, badal, bot, rina, textPart } from '../testing/stage.ts';

function staged(): Stage {
  const stage = new Stage();
  stage.start();
  return stage;
}

const forged: Part[] = [
  { partId: 'p', type: 'notice', kind: 'agent_joined', fallbackText: 'Rina joined.' },
  { partId: 'p', type: 'card', card: { title: 'Refund' } },
  { partId: 'p', type: 'form', fields: [] },
  { partId: 'p', type: 'citation', title: 'Terms' },
  { partId: 'p', type: 'quick_replies', options: [] },
  { partId: 'p', type: 'survey', surveyId: 's' },
  { partId: 'p', type: 'reasoning', text: 'hm' },
  { partId: 'p', type: 'tool_status', toolCallId: 't', name: 'refund', state: 'succeeded' },
  { partId: 'p', type: 'x-acme', fallbackText: 'Refunded' },
];

test('a visitor cannot send what only support says, not even beside a file of hers', () => {
  const stage = staged();
  stage.uploads(ayesha, 'f1');
  for (const part of forged) {
    assert.equal(stage.cannotSend(ayesha, [part]), 'forbidden', part.type);
    assert.equal(stage.cannotSend(ayesha, [{ ...part, attachmentId: 'f1' } as Part]), 'forbidden', part.type);
  }
});

test('a notice is nobody’s to send', () => {
  const stage = staged();
  const [notice] = forged;
  stage.ok(rina, 'assignment.accept', {});
  assert.equal(stage.cannotSend(rina, [notice!]), 'forbidden');
});

test('a message that shows nothing is empty', () => {
  const stage = staged();
  for (const text of ['', ' \n\t', '\u00a0', '\u200b\u200d', '\u2060\ufeff', '\u3164', '\u202e'])
    assert.equal(stage.cannotSend(ayesha, [textPart(text)]), 'message_empty', JSON.stringify(text));
  assert.equal(stage.cannotSend(ayesha, []), 'message_empty');
  const quoted = stage.says(ayesha, 'Hello');
  const quote: Part = { partId: 'q', type: 'quote', messageId: quoted, text: 'Hello' };
  assert.equal(stage.cannotSend(ayesha, [quote]), 'message_empty');
  stage.sends(ayesha, [quote, textPart('I mean this')]);
});

test('all text counts towards the limit, wherever it stands', () => {
  const stage = staged();
  const limit = stage.policy.limits.maxTextLength;
  stage.says(ayesha, 'x'.repeat(limit));
  assert.equal(stage.cannotSend(ayesha, [textPart('x'.repeat(limit + 1))]), 'message_too_long');
  assert.equal(
    stage.cannotSend(ayesha, [textPart('x'.repeat(limit)), textPart('y', 'p2')]),
    'message_too_long',
  );
  const long = 'x'.repeat(limit);
  const wordy: Part[] = [
    { partId: 'p', type: 'card', card: { title: long, actions: [{ id: 'a', label: 'Go', kind: 'reply' }] } },
    { partId: 'p', type: 'form', fields: [{ name: 'a', label: long, kind: 'text' }] },
    { partId: 'p', type: 'quick_replies', options: [{ id: 'a', label: long }] },
    { partId: 'p', type: 'reasoning', text: long, fallbackText: 'y' },
    { partId: 'p', type: 'x-acme', fallbackText: '', rows: [[long, 'y']] },
  ];
  for (const part of wordy) assert.equal(stage.cannotSend(bot, [part]), 'message_too_long', part.type);
});

test('parts have ids of their own', () => {
  assert.equal(staged().cannotSend(ayesha, [textPart('a'), textPart('b')]), 'invalid_command');
});

test('a file is one’s own, of this conversation, and has arrived', () => {
  const stage = staged();
  const image = (attachmentId: string): Part => ({
    partId: 'i',
    type: 'image',
    attachmentId,
    name: 'x',
    mediaType: 'x/y',
  });
  assert.equal(stage.cannotSend(ayesha, [image('none')]), 'attachment_unknown');
  stage.ok(ayesha, 'attachment.create', {
    attachmentId: 'f1',
    name: 'a.png',
    mediaType: 'image/png',
    size: 1,
  });
  assert.equal(stage.cannotSend(ayesha, [image('f1')]), 'attachment_incomplete');
  stage.ok(ayesha, 'attachment.complete', { attachmentId: 'f1' });
  assert.equal(stage.cannotSend(bot, [image('f1')]), 'attachment_unknown');
  stage.start(ayesha, 'c2');
  assert.equal(stage.cannotSend(ayesha, [image('f1')], 'c2'), 'attachment_unknown');
  stage.sends(ayesha, [image('f1')]);
});

test('a file is described by what is known of it, and is an image only if it is one', () => {
  const stage = staged();
  stage.uploads(ayesha, 'f1', 'image/png');
  stage.uploads(ayesha, 'f2', 'application/pdf');
  const lies = { name: 'cat.webp', mediaType: 'image/webp', size: 1, url: 'https://evil.example/track.png' };
  const id = stage.sends(ayesha, [
    { partId: 'a', type: 'image', attachmentId: 'f1', alt: 'My cat', ...lies },
    { partId: 'b', type: 'image', attachmentId: 'f2', ...lies },
  ]);
  assert.deepEqual(stage.message(id).parts, [
    {
      partId: 'a',
      type: 'image',
      attachmentId: 'f1',
      alt: 'My cat',
      name: 'f1.bin',
      mediaType: 'image/png',
      size: 10,
    },
    { partId: 'b', type: 'file', attachmentId: 'f2', name: 'f2.bin', mediaType: 'application/pdf', size: 10 },
  ]);
});

test('a visitor shows no picture from elsewhere; a bot may', () => {
  const stage = staged();
  const remote: Part = {
    partId: 'i',
    type: 'image',
    name: 'x',
    mediaType: 'image/png',
    url: 'https://cdn.example/x.png',
  };
  assert.equal(stage.cannotSend(ayesha, [remote]), 'attachment_unknown');
  stage.sends(bot, [remote]);
  assert.equal(stage.cannotSend(bot, [{ ...remote, url: undefined }]), 'attachment_unknown');
});

test('a quote says what was said, by whom', () => {
  const stage = staged();
  const greeting = stage.says(bot, 'You can pay by card. Or by bKash.');
  const quote = (text: string, messageId = greeting): Part[] => [
    { partId: 'q', type: 'quote', messageId, text, authorName: 'The owner' },
    textPart('Really?'),
  ];
  const quotedIn = (id: string): Part | undefined =>
    stage.message(id).parts.find(({ type }) => type === 'quote');
  const rest = { partId: 'q', type: 'quote', messageId: greeting, authorName: 'Sahay' };
  assert.deepEqual(quotedIn(stage.sends(ayesha, quote('by bKash'))), { ...rest, text: 'by bKash' });
  assert.deepEqual(quotedIn(stage.sends(ayesha, quote('It is free'))), {
    ...rest,
    text: 'You can pay by card. Or by bKash.',
  });
  assert.equal(quotedIn(stage.sends(ayesha, quote('anything', 'm_none'))), undefined);
});

test('what UTF-8 cannot carry and NUL are replaced in what is stored, and nobody is refused for it', () => {
  const stage = staged();
  const id = stage.sends(ayesha, [textPart('a\ud800b\u0000c')]);
  assert.deepEqual(stage.message(id).parts, [textPart('a\ufffdb\ufffdc')]);
});

test('a foreigner’s attachment id is taken', () => {
  const stage = staged();
  stage.uploads(ayesha, 'f1');
  stage.start(badal, 'c2');
  const file = { attachmentId: 'f1', name: 'mine.png', mediaType: 'image/png', size: 1 };
  assert.equal(stage.code(badal, 'attachment.create', file, 'c2'), 'forbidden');
});
