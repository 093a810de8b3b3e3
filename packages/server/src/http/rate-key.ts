/**
 * Under which name an address is counted. Whoever has one IPv6 address has the 2⁶⁴ of its network too, so a network
 * counts as one; an IPv4 address counts as itself, however it is written.
 *
 * @example rateKey('2001:db8::1') // '2001:db8:0:0::/64'
 */
export function rateKey(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = (text: string): string[] => (text ? text.split(':') : []);
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const network = [...before, ...zeros, ...after].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
