import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationError, fitLogistic, logisticProbability } from './index.ts';

test('a fitted model gives the frequencies it has seen', () => {
  const examples = Array.from({ length: 400 }, (_, at) => ({
    features: [at % 2],
    right: at % 2 === 0 ? at % 20 === 0 : at % 20 !== 1,
  }));
  const model = fitLogistic(examples);
  assert.ok(Math.abs(logisticProbability(model, [0]) - 0.1) < 0.03);
  assert.ok(Math.abs(logisticProbability(model, [1]) - 0.9) < 0.03);
});

test('separable data stay finite', () => {
  const model = fitLogistic([
    { features: [0], right: false },
    { features: [1], right: true },
  ]);
  assert.ok([model.intercept, ...model.weights].every(Number.isFinite));
});

test('calibration error is the distance between being sure and being right', () => {
  const sure = { confidence: 0.9, right: false };
  assert.ok(Math.abs(calibrationError([sure, sure]) - 0.9) < 1e-9);
  assert.equal(calibrationError([{ confidence: 1, right: true }]), 0);
  assert.equal(calibrationError([]), 0);
});
