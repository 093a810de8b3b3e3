import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerProblem, type AnswerProblem, type FormField } from './index.ts';

const options = [
  { value: 'red', label: 'Red' },
  { value: 'blue', label: 'Blue' },
];
const field = (kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  name: 'x',
  label: 'X',
  kind,
  ...more,
});

const cases: [FormField, unknown, AnswerProblem | undefined][] = [
  [field('text', { required: true }), ' ', 'required'],
  [field('text', { required: true }), null, 'required'],
  [field('text'), '', undefined],
  [field('text'), 7, 'type'],
  [field('textarea'), 'two\nlines', undefined],
  [field('text', { pattern: '\\d{4}' }), '4711', undefined],
  [field('text', { pattern: '\\d{4}' }), '47115', 'pattern'],
  [field('text', { pattern: '[' }), 'anything', undefined],
  [field('email'), 'mina@shop.example', undefined],
  [field('email'), 'mina@shop', 'email'],
  [field('url'), 'https://shop.example', undefined],
  [field('url'), 'javascript:alert(1)', 'url'],
  [field('tel', { pattern: '\\+?[0-9 ]+' }), '+880 1', undefined],
  [field('number', { min: 1, max: 3 }), 3, undefined],
  [field('number', { min: 1, max: 3 }), 3.5, 'range'],
  [field('number'), '3', 'number'],
  [field('number'), NaN, 'number'],
  [field('rating'), 5, undefined],
  [field('rating'), 6, 'range'],
  [field('rating'), 2.5, 'number'],
  [field('scale'), 0, undefined],
  [field('scale'), 11, 'range'],
  [field('date'), '2028-02-29', undefined],
  [field('date'), '2026-02-30', 'type'],
  [field('date'), 'tomorrow', 'type'],
  [field('time'), '16:45', undefined],
  [field('time'), '24:00', 'type'],
  [field('select', { options }), 'red', undefined],
  [field('select', { options }), 'green', 'option'],
  [field('radio', { options }), 'blue', undefined],
  [field('checkboxes', { options }), 'red\nblue', undefined],
  [field('checkboxes', { options }), 'red\ngreen', 'option'],
  [field('checkboxes', { options, required: true }), '', 'required'],
  [field('checkboxes', { options }), true, 'type'],
  [field('checkbox'), false, undefined],
  [field('checkbox', { required: true }), false, 'required'],
  [field('checkbox'), 'yes', 'type'],
  [field('file'), 'f_1', undefined],
  [field('file', { required: true }), '', 'required'],
];

for (const [asked, answer, problem] of cases)
  test(`${asked.kind} ${JSON.stringify(asked)} answered ${JSON.stringify(answer)}: ${problem ?? 'right'}`, () =>
    assert.equal(answerProblem(asked, answer), problem));

test('no pattern holds anybody up', () => {
  const begun = performance.now();
  const patterns = [
    '(a+)+$',
    '(?=(a+))a*b\\1',
    'a{99999}{99999}',
    'a*a*a*a*a*a*b',
    'a*a*a*b',
    '\\w{1,200}\\w{1,200}\\w+!',
  ];
  for (const pattern of patterns)
    for (const length of [200, 4000]) answerProblem(field('text', { pattern }), 'a'.repeat(length));
  assert.ok(performance.now() - begun < 500, `${performance.now() - begun} ms`);
});
