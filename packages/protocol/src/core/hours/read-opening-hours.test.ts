import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validatorOf } from '../../validate-ajv/index.ts';
import { readOpeningHours } from './read-opening-hours.ts';

const range = { from: '09:00', to: '17:00' };
const hours = { timeZone: 'Asia/Dhaka', week: { monday: [range] } };

function errorOf(value: unknown): string {
  const reading = readOpeningHours(value);
  return 'error' in reading ? `${reading.error.field}: ${reading.error.message}` : 'fine';
}

test('what is right is kept, its ranges in order, and is right by the schema', () => {
  const full = {
    ...hours,
    week: { monday: [{ from: '13:00', to: '24:00' }, range], sunday: [] },
    holidays: [{ date: '2028-02-29', name: 'A day more', ranges: [] }, { date: '2026-12-25' }],
    closedNow: true,
    expectedReplySeconds: 300,
  };
  const overlapping = readOpeningHours(full);
  assert.ok('error' in overlapping, 'from 13:00 on it overlaps');
  const reading = readOpeningHours({
    ...full,
    week: { ...full.week, monday: [{ from: '17:00', to: '02:00' }, range] },
  });
  assert.ok('value' in reading);
  assert.deepEqual(reading.value.week.monday, [range, { from: '17:00', to: '02:00' }]);
  assert.equal(validatorOf('OpeningHours')(reading.value).valid, true);
});

test('what is wrong is named by its place, with what to write there', () => {
  const cases: [unknown, RegExp][] = [
    [undefined, /^hours: "hours" must be an object/],
    [[], /^hours: "hours" must be an object/],
    [{ ...hours, zone: 'x' }, /^hours: .*"zone" that nobody knows.*timeZone/],
    [{ ...hours, timeZone: 'Asia/Atlantis' }, /^hours\.timeZone: .*IANA name/],
    [{ ...hours, timeZone: '+06:00' }, /^hours\.timeZone: .*IANA name/],
    [{ ...hours, timeZone: 6 }, /^hours\.timeZone: /],
    [{ timeZone: 'UTC' }, /^hours\.week: .*object/],
    [{ ...hours, week: { funday: [range] } }, /^hours\.week: .*"funday".*monday/],
    [{ ...hours, week: { monday: range } }, /^hours\.week\.monday: .*list of at most 8/],
    [
      { ...hours, week: { monday: [{ from: '9:00', to: '17:00' }] } },
      /^hours\.week\.monday\[0\]\.from: .*"09:00"/,
    ],
    [{ ...hours, week: { monday: [{ from: '24:00', to: '17:00' }] } }, /^hours\.week\.monday\[0\]\.from: /],
    [
      { ...hours, week: { monday: [{ from: '09:00', to: '24:01' }] } },
      /^hours\.week\.monday\[0\]\.to: .*24:00/,
    ],
    [
      { ...hours, week: { monday: [{ from: '09:00', to: '09:00' }] } },
      /^hours\.week\.monday\[0\]\.to: .*whole day/,
    ],
    [
      { ...hours, week: { monday: [range, { from: '16:59', to: '18:00' }] } },
      /^hours\.week\.monday: .*overlap/,
    ],
    [{ ...hours, holidays: [{ date: '2026-02-30' }] }, /^hours\.holidays\[0\]\.date: .*calendar/],
    [{ ...hours, holidays: [{ date: '2026-02-03', name: ' ' }] }, /^hours\.holidays\[0\]\.name: /],
    [
      { ...hours, holidays: [{ date: '2026-02-03' }, { date: '2026-02-03' }] },
      /^hours\.holidays\[1\]\.date: .*twice/,
    ],
    [{ ...hours, closedNow: 'yes' }, /^hours\.closedNow: .*true or false/],
    [{ ...hours, expectedReplySeconds: 0 }, /^hours\.expectedReplySeconds: .*whole number/],
    [{ ...hours, expectedReplySeconds: 1.5 }, /^hours\.expectedReplySeconds: /],
  ];
  for (const [value, message] of cases) assert.match(errorOf(value), message, JSON.stringify(value));
});
