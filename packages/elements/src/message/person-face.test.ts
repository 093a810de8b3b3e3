import { expect } from '@open-wc/testing';
import { initials } from './person-face.ts';

describe('the letters that stand for a name', () => {
  const cases: [name: string, letters: string][] = [
    ['Rina Bose', 'RB'],
    ['Mina', 'M'],
    ['Anne-Marie van der Berg', 'AB'],
    ['রিনা বসু', 'রিব'],
    ['Visitor 7FUQ', 'V7'],
    // Side by side, letters of two scripts cannot be read, and Arabic ones join into a word.
    ['الزائر EHFA', 'E'],
    ['দর্শক EHFA', 'E'],
    ['عمر حسن', 'ح'],
  ];
  for (const [name, letters] of cases)
    it(`are ${letters} for ${name}`, () => expect(initials(name)).to.equal(letters));
});
