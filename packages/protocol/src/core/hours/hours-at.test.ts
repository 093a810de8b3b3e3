import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpeningHours } from '../../index.ts';
import { hoursAt, type HoursState } from './hours-at.ts';

const nineToFive = [{ from: '09:00', to: '17:00' }];
const office: OpeningHours = {
  timeZone: 'Asia/Dhaka',
  week: {
    sunday: nineToFive,
    monday: nineToFive,
    tuesday: nineToFive,
    wednesday: nineToFive,
    thursday: nineToFive,
  },
};
const everyDay = (timeZone: string, from: string, to: string): OpeningHours => ({
  timeZone,
  week: Object.fromEntries(
    ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'].map((day) => [
      day,
      [{ from, to }],
    ]),
  ),
});

/** The state in words: `open until …`, `closed (why) until …`. */
function at(hours: OpeningHours, time: string): string {
  const state: HoursState = hoursAt(hours, Date.parse(time));
  const change = state.open ? state.closesAt : state.opensAt;
  const until = change === undefined ? 'always' : new Date(change).toISOString().replace(':00.000Z', 'Z');
  return state.open ? `open until ${until}` : `closed (${state.because}) until ${until}`;
}

test('a day’s hours are by the clocks of the time zone', () => {
  // Sunday 1 March 2026; Dhaka is six hours ahead.
  assert.equal(at(office, '2026-03-01T02:59:59Z'), 'closed (outside_hours) until 2026-03-01T03:00Z');
  assert.equal(at(office, '2026-03-01T03:00:00Z'), 'open until 2026-03-01T11:00Z');
  assert.equal(at(office, '2026-03-01T10:59:59.999Z'), 'open until 2026-03-01T11:00Z');
  assert.equal(at(office, '2026-03-01T11:00:00Z'), 'closed (outside_hours) until 2026-03-02T03:00Z');
});

test('days that are left out are closed: from Thursday evening to Sunday morning', () => {
  assert.equal(at(office, '2026-03-05T12:00:00Z'), 'closed (outside_hours) until 2026-03-08T03:00Z');
});

test('a holiday’s hours take the place of its weekday’s, or there are none', () => {
  const hours: OpeningHours = {
    ...office,
    holidays: [
      { date: '2026-03-26', name: 'Independence Day' },
      { date: '2026-03-25', ranges: [{ from: '09:00', to: '12:00' }] },
    ],
  };
  assert.equal(at(hours, '2026-03-25T05:00:00Z'), 'open until 2026-03-25T06:00Z');
  assert.equal(at(hours, '2026-03-25T07:00:00Z'), 'closed (holiday) until 2026-03-29T03:00Z');
  assert.equal(at(hours, '2026-03-26T05:00:00Z'), 'closed (holiday) until 2026-03-29T03:00Z');
});

test('a range that ends before it begins goes over midnight, and belongs to the day it begins on', () => {
  const night: OpeningHours = {
    timeZone: 'UTC',
    week: { friday: [{ from: '22:00', to: '06:00' }] },
    holidays: [{ date: '2026-03-14' }, { date: '2026-03-20' }],
  };
  assert.equal(at(night, '2026-03-13T23:00:00Z'), 'open until 2026-03-14T06:00Z');
  assert.equal(
    at(night, '2026-03-14T05:59:00Z'),
    'open until 2026-03-14T06:00Z',
    'though the 14th is a holiday',
  );
  assert.equal(at(night, '2026-03-20T23:00:00Z'), 'closed (holiday) until 2026-03-27T22:00Z');
});

test('ranges that touch are one, also over midnight; without an end it is always open', () => {
  const twoDays: OpeningHours = {
    timeZone: 'UTC',
    week: {
      monday: [
        { from: '08:00', to: '12:00' },
        { from: '12:00', to: '24:00' },
      ],
      tuesday: [{ from: '00:00', to: '10:00' }],
    },
  };
  assert.equal(at(twoDays, '2026-03-02T09:00:00Z'), 'open until 2026-03-03T10:00Z');
  assert.equal(at(everyDay('Europe/Berlin', '00:00', '24:00'), '2026-03-02T09:00:00Z'), 'open until always');
});

test('the switch closes whatever the hours say, and nobody knows until when', () => {
  assert.equal(
    at({ ...office, closedNow: true }, '2026-03-01T05:00:00Z'),
    'closed (switched_off) until always',
  );
  assert.equal(
    at({ timeZone: 'UTC', week: {} }, '2026-03-01T05:00:00Z'),
    'closed (outside_hours) until always',
  );
});

test('when clocks are put forward, what they skip begins where they do', () => {
  // Berlin, 29 March 2026: 02:00 is followed by 03:00, at 01:00 UTC.
  const early = everyDay('Europe/Berlin', '02:30', '04:00');
  assert.equal(at(early, '2026-03-29T00:59:00Z'), 'closed (outside_hours) until 2026-03-29T01:00Z');
  assert.equal(at(early, '2026-03-29T01:00:00Z'), 'open until 2026-03-29T02:00Z');
  assert.equal(
    at(early, '2026-03-28T01:00:00Z'),
    'closed (outside_hours) until 2026-03-28T01:30Z',
    'the day before',
  );
  const skipped = everyDay('Europe/Berlin', '02:10', '02:50');
  assert.equal(at(skipped, '2026-03-29T00:30:00Z'), 'closed (outside_hours) until 2026-03-30T00:10Z');
});

test('when clocks are put back, what they show twice is open both times', () => {
  // Berlin, 25 October 2026: 03:00 is followed by 02:00, at 01:00 UTC.
  const early = everyDay('Europe/Berlin', '02:15', '02:45');
  assert.equal(at(early, '2026-10-25T00:14:00Z'), 'closed (outside_hours) until 2026-10-25T00:15Z');
  assert.equal(at(early, '2026-10-25T00:15:00Z'), 'open until 2026-10-25T01:45Z');
  assert.equal(at(early, '2026-10-25T01:44:00Z'), 'open until 2026-10-25T01:45Z');
});

test('a working day keeps its hours by the clock across a change of the clocks', () => {
  const shop = everyDay('America/New_York', '09:00', '17:00');
  assert.equal(at(shop, '2026-03-07T20:00:00Z'), 'open until 2026-03-07T22:00Z');
  assert.equal(at(shop, '2026-03-08T20:00:00Z'), 'open until 2026-03-08T21:00Z', 'an hour earlier by UTC');
  const night = everyDay('America/New_York', '22:00', '06:00');
  assert.equal(at(night, '2026-03-08T04:00:00Z'), 'open until 2026-03-08T10:00Z', 'a night of seven hours');
  assert.equal(at(night, '2026-11-01T04:00:00Z'), 'open until 2026-11-01T11:00Z', 'a night of nine hours');
});

test('zones by the half and the quarter hour, and south of the equator', () => {
  assert.equal(
    at(everyDay('Asia/Kathmandu', '09:00', '17:00'), '2026-01-05T03:15:00Z'),
    'open until 2026-01-05T11:15Z',
  );
  // Lord Howe puts its clocks back by half an hour, on 5 April 2026 at 02:00, 15:00 UTC the day before.
  const island = everyDay('Australia/Lord_Howe', '01:45', '02:30');
  assert.equal(at(island, '2026-04-04T14:45:00Z'), 'open until 2026-04-04T16:00Z');
});

test('the state holds until the change it names, at every quarter of an hour of a year', () => {
  const hours: OpeningHours = {
    timeZone: 'Europe/London',
    week: {
      monday: [
        { from: '00:15', to: '01:45' },
        { from: '22:30', to: '02:00' },
      ],
      thursday: nineToFive,
      sunday: [
        { from: '01:00', to: '02:00' },
        { from: '20:00', to: '04:30' },
      ],
    },
    holidays: [{ date: '2026-05-04' }, { date: '2026-10-25', ranges: [{ from: '01:30', to: '02:00' }] }],
  };
  const quarter = 900_000;
  const end = Date.UTC(2027, 0, 1);
  let held: HoursState | undefined;
  for (let now = Date.UTC(2026, 0, 1); now < end; now += quarter) {
    const state = hoursAt(hours, now);
    const change = held && (held.open ? held.closesAt : held.opensAt);
    if (held && change !== undefined && now < change)
      assert.equal(state.open, held.open, new Date(now).toISOString());
    else if (held) assert.notEqual(state.open, held.open, new Date(now).toISOString());
    held = state;
  }
});
