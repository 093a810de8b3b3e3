import { expect } from '@open-wc/testing';
import { allowedValue, warnOnce } from './warn-once.ts';

describe('warnings', () => {
  const warn = console.warn;
  let warnings: unknown[][];

  beforeEach(() => {
    warnings = [];
    console.warn = (...args: unknown[]) => warnings.push(args);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('come once for each key', () => {
    warnOnce('test:a', 'First.');
    warnOnce('test:a', 'First.');
    warnOnce('test:b', 'Second.', 42);
    expect(warnings).to.deep.equal([['[sahay] First.'], ['[sahay] Second.', 42]]);
  });

  it('name a bad value and the good ones, and the fallback is used', () => {
    const allowed = ['start', 'end'] as const;
    expect(allowedValue('<x-test position>', 'left', allowed, 'end')).to.equal('end');
    expect(allowedValue('<x-test position>', 'left', allowed, 'end')).to.equal('end');
    expect(warnings).to.deep.equal([['[sahay] <x-test position> cannot be "left": use "start", "end".']]);
  });

  it('do not come for a value that is allowed or was not set', () => {
    const allowed = ['start', 'end'] as const;
    const values = ['start', null, undefined, ''].map((value) => allowedValue('x', value, allowed, 'end'));
    expect(values).to.deep.equal(['start', 'end', 'end', 'end']);
    expect(warnings).to.have.lengthOf(0);
  });
});
