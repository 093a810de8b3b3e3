import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateKey } from './rate-key.ts';

test('an IPv4 address counts as itself, also when a dual-stack socket writes it as IPv6', () => {
  assert.equal(rateKey('192.0.2.7'), '192.0.2.7');
  assert.equal(rateKey('::ffff:192.0.2.7'), '192.0.2.7');
});

test('all addresses of an IPv6 network count as one, those of another do not', () => {
  const key = rateKey('2001:db8:0:1::1');
  for (const address of [
    '2001:db8:0:1:ffff:ffff:ffff:ffff',
    '2001:0DB8:0000:0001::',
    '2001:db8::1:2:3:4:5%eth0',
  ])
    assert.equal(rateKey(address), key, address);
  for (const address of ['2001:db8:0:2::1', '2001:db8::1', '::1'])
    assert.notEqual(rateKey(address), key, address);
  assert.equal(rateKey('::1'), '0:0:0:0::/64');
});
