import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FormPart } from '../../index.ts';
import { Stage, ayesha, bot, omar, rina } from '../testing/stage.ts';

const form: FormPart = {
  partId: 'form',
  type: 'form',
  fields: [
    { name: 'email', label: 'E-mail', kind: 'email', required: true },
    { name: 'constructor', label: 'Who built it', kind: 'text', required: true },
    { name: 'news', label: 'News', kind: 'checkbox' },
  ],
};

function asked(): { stage: Stage; messageId: string } {
  const stage = new Stage();
  stage.start();
  return { stage, messageId: stage.sends(bot, [form]) };
}

test('a form is filled in once, with what it asks for', () => {
  const { stage, messageId } = asked();
  const data = { messageId, partId: 'form' };
  const values = { email: 'a@shop.example', constructor: 'Wright', news: false };
  stage.ok(ayesha, 'form.submit', { ...data, values: { ...values, more: 'no' } });
  assert.deepEqual(stage.message(messageId).parts, [{ ...form, submitted: values }]);
  stage.noop(ayesha, 'form.submit', { ...data, values: { email: 'b@shop.example' } });
});

test('a required field is filled in by nothing that objects inherit', () => {
  const { stage, messageId } = asked();
  const data = { messageId, partId: 'form' };
  for (const values of [
    { email: 'a@b.example' },
    { email: ' ', constructor: 'x' },
    { email: null, constructor: 'x' },
  ])
    assert.equal(stage.code(ayesha, 'form.submit', { ...data, values: values }), 'invalid_command');
  const long = { email: 'x'.repeat(4001), constructor: 'x' } as never;
  assert.equal(stage.code(ayesha, 'form.submit', { ...data, values: long }), 'message_too_long');
});

test('an answer that does not fit its field is refused, and the form can still be filled in', () => {
  const { stage, messageId } = asked();
  const data = { messageId, partId: 'form' };
  const right = { email: 'a@shop.example', constructor: 'Wright', news: false };
  for (const wrong of [{ email: 'nobody' }, { news: 'yes' }, { constructor: 7 }])
    assert.equal(
      stage.code(ayesha, 'form.submit', { ...data, values: { ...right, ...wrong } }),
      'invalid_command',
    );
  stage.ok(ayesha, 'form.submit', { ...data, values: right });
});

test('there is a form to fill in', () => {
  const { stage, messageId } = asked();
  const values = { email: 'a@shop.example' };
  assert.equal(stage.code(ayesha, 'form.submit', { messageId, partId: 'p1', values }), 'message_not_found');
  assert.equal(
    stage.code(ayesha, 'form.submit', { messageId: 'm_none', partId: 'form', values }),
    'message_not_found',
  );
});

test('a button is pressed where it is, by the visitor or by who has control', () => {
  const { stage, messageId } = asked();
  const action = { messageId, partId: 'form', actionId: 'go' };
  stage.ok(ayesha, 'action.invoke', { ...action, value: '1', by: 'rina' } as never);
  const invoked = stage.log('public').at(-1);
  assert.deepEqual(invoked?.data, { ...action, value: '1', by: 'ayesha' });
  assert.equal(stage.code(ayesha, 'action.invoke', { ...action, partId: 'none' }), 'message_not_found');
  assert.equal(
    stage.code(ayesha, 'action.invoke', { ...action, value: 'x'.repeat(4001) }),
    'message_too_long',
  );
  assert.equal(stage.code(omar, 'action.invoke', action), 'not_controller');
  stage.ok(rina, 'assignment.accept', {});
  stage.ok(rina, 'action.invoke', action);
});
