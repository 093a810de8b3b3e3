import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandDataMap } from '../../index.ts';
import { Stage, ayesha, bot } from '../testing/stage.ts';

const file = (
  change: Partial<CommandDataMap['attachment.create']> = {},
): CommandDataMap['attachment.create'] => ({
  attachmentId: 'f1',
  name: 'cat.png',
  mediaType: 'image/png',
  size: 10,
  ...change,
});

function staged(): Stage {
  const stage = new Stage();
  stage.start();
  return stage;
}

test('a file is announced, and complete once', () => {
  const stage = staged();
  stage.ok(ayesha, 'attachment.create', file({ mediaType: 'IMAGE/PNG' }));
  assert.equal(stage.backend.conversation('c1')?.attachment('f1')?.mediaType, 'image/png');
  stage.ok(ayesha, 'attachment.complete', { attachmentId: 'f1' });
  stage.noop(ayesha, 'attachment.complete', { attachmentId: 'f1' });
  assert.equal(stage.code(ayesha, 'attachment.create', file()), 'forbidden');
});

test('size and type are the backend’s to allow', () => {
  const stage = staged();
  const { maxAttachmentBytes } = stage.policy.limits;
  const tooLarge = stage.refused(
    ayesha,
    'attachment.create',
    file({ size: maxAttachmentBytes + 1, name: 'x'.repeat(9000) }),
  );
  assert.equal(tooLarge.code, 'attachment_too_large');
  assert.ok((tooLarge.detail?.length ?? 0) < 300);
  for (const mediaType of ['image/svg+xml', 'text/html', 'application/x-msdownload'])
    assert.equal(stage.code(ayesha, 'attachment.create', file({ mediaType })), 'attachment_type_refused');
});

test('nobody completes another’s file', () => {
  const stage = staged();
  stage.ok(ayesha, 'attachment.create', file());
  assert.equal(stage.code(bot, 'attachment.complete', { attachmentId: 'f1' }), 'attachment_unknown');
  assert.equal(stage.code(ayesha, 'attachment.complete', { attachmentId: 'f2' }), 'attachment_unknown');
  stage.start(ayesha, 'c2');
  assert.equal(stage.code(ayesha, 'attachment.complete', { attachmentId: 'f1' }, 'c2'), 'attachment_unknown');
});

const names: [string, string][] = [
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\a.png', 'a.png'],
  ['a\nb/c\r\n.png', 'c.png'],
  ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
  ['a\u0000\u0007.png', 'a\ufffd.png'],
  ['..', 'file'],
  ['', 'file'],
  ['/', 'file'],
  ['রসিদ\u200D.pdf', 'রসিদ\u200D.pdf'],
  [`${'🙂'.repeat(200)}.png`, `${'🙂'.repeat(116)}.png`],
];

for (const [name, kept] of names)
  test(`the name ${JSON.stringify(name.slice(0, 30))} is kept as ${JSON.stringify(kept.slice(0, 30))}`, () => {
    const stage = staged();
    stage.ok(ayesha, 'attachment.create', file({ name }));
    assert.equal(stage.backend.conversation('c1')?.attachment('f1')?.name, kept);
  });
