import { expect } from '@open-wc/testing';
import { formatsFor } from './formats.ts';
import { duration, fileSize, relativeTime } from './measures.ts';

const words = { today: 'Today', yesterday: 'Yesterday' };
const at = (...parts: [number, number, number, number?, number?]): number => new Date(...parts).getTime();
const now = at(2025, 5, 18, 9, 30);

describe('formats', () => {
  const en = formatsFor('en');

  it('name the day of a message', () => {
    expect(en.day(at(2025, 5, 18, 0, 1), now, words)).to.equal('Today');
    expect(en.day(at(2025, 5, 17, 23, 59), now, words)).to.equal('Yesterday');
    expect(en.day(at(2025, 5, 12, 12), now, words)).to.equal('Thursday');
    expect(en.day(at(2025, 5, 11, 12), now, words)).to.equal('June 11');
    expect(en.day(at(2024, 5, 18, 12), now, words)).to.equal('June 18, 2024');
  });

  it('take days by the calendar, also when the clocks change', () => {
    for (let days = 0; days < 400; days++) {
      const today = at(2025, 0, 1 + days, 0, 30);
      expect(en.day(at(2025, 0, days, 23, 30), today, words)).to.equal('Yesterday');
    }
  });

  it('say how long ago something was', () => {
    expect(relativeTime(en, now - 20_000, now)).to.equal('now');
    expect(relativeTime(en, now + 60_000, now)).to.equal('now');
    expect(relativeTime(en, now - 5 * 60_000, now)).to.equal('5 min. ago');
    expect(relativeTime(en, now - 2 * 3_600_000, now)).to.equal('2 hr. ago');
    expect(relativeTime(en, at(2025, 5, 1), now)).to.equal('June 1, 2025');
  });

  it('say durations and sizes', () => {
    expect(duration(en, 1)).to.equal('1 minute');
    expect(duration(en, 89 * 60_000)).to.equal('89 minutes');
    expect(duration(en, 90 * 60_000)).to.equal('2 hours');
    expect(fileSize(en, 999)).to.equal('999 bytes');
    expect(fileSize(en, 999_499)).to.equal('999 kB');
    expect(fileSize(en, 999_500)).to.equal('1 MB');
    expect(fileSize(en, 10_485_760)).to.equal('10.5 MB');
    expect(en.percent(0.421)).to.equal('42%');
  });

  it('write with the digits of the language', () => {
    expect(formatsFor('bn').number(12_345)).to.equal('১২,৩৪৫');
    expect(formatsFor('ar-EG').number(12_345)).to.equal('١٢٬٣٤٥');
    expect(formatsFor('bn').time(now)).to.match(/৯:৩০/);
  });

  it('are made once for each language', () => {
    expect(formatsFor('bn')).to.equal(formatsFor('bn'));
  });
});
