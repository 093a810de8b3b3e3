/**
 * What a page needs where a site's tokens say who somebody is, in one download: anonymous visitors have no use for it.
 */
export { hostToken } from './identity/host-token.ts';
export { takeAlone } from './session/unclaimed.ts';
