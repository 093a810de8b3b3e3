/* The two icons of the launcher, in a file of their own: it is downloaded before anyone shows intent. */

/** The launcher's mark: a bubble hanging from a headline, as Bengali letters hang from theirs. */
export const chatPath =
  'M2.25 4h19.5M4.5 4v9.5a3.5 3.5 0 0 0 3.5 3.5h.25v4.25L13 17h3a3.5 3.5 0 0 0 3.5-3.5V4M8.75 8.75h6.5M8.75 12.5h3.75';
export const closePath = 'M6 6l12 12M18 6 6 18';
