import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainClassifier } from './index.ts';

const THINGS = {
  card: ['card', 'bank card', 'debit card'],
  parcel: ['parcel', 'package', 'delivery'],
  login: ['password', 'sign in', 'login'],
};
const FRAMES = [
  'where is my %',
  'I have a problem with my %',
  '% does not work',
  'help with the %',
  'new % please',
  'my % is gone',
];
const examples = Object.entries(THINGS).flatMap(([label, names]) =>
  names.flatMap((name) => FRAMES.map((frame) => ({ text: frame.replace('%', name), label }))),
);

test('learns what phrases have in common', () => {
  const classifier = trainClassifier(examples);
  const [first, second] = classifier.predict('my debit crad never came');
  assert.equal(first?.label, 'card');
  assert.ok((first?.confidence ?? 0) > (second?.confidence ?? 1));
  assert.ok(classifier.predict('x').reduce((sum, { confidence }) => sum + confidence, 0) <= 1);
});

test('is much less sure of what it was not taught', () => {
  const classifier = trainClassifier(examples);
  const taught = classifier.predict('where is my package')[0]?.confidence ?? 0;
  const foreign = classifier.predict('recipe for lentil soup')[0]?.confidence ?? 1;
  assert.ok(taught >= classifier.threshold, `${taught} of a taught phrase is under ${classifier.threshold}`);
  assert.ok(foreign < classifier.threshold, `${foreign} of a foreign phrase is over ${classifier.threshold}`);
});

test('the same seed gives the same classifier', () => {
  const [a, b] = [trainClassifier(examples, { seed: 3 }), trainClassifier(examples, { seed: 3 })];
  assert.deepEqual(a.predict('password'), b.predict('password'));
});
