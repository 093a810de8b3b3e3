/* The icons the window has from the first moment; in a file of their own, so that it does not wait for the others. */

export const chevronDownPath = 'm5.5 9 6.5 6.5L18.5 9';
export const sendPath =
  'M5 12 3.9 5.3a.9.9 0 0 1 1.3-1l14.7 6.9a.9.9 0 0 1 0 1.6L5.2 19.7a.9.9 0 0 1-1.3-1zm0 0h6.5';
export const attachPath =
  'm19.8 11.6-7.7 7.6a5 5 0 0 1-7-7.1l8.2-8.1a3.3 3.3 0 0 1 4.7 4.7L10 16.6a1.65 1.65 0 0 1-2.4-2.3l7.2-7.2';
export const checkPath = 'M5 12.5 9.5 17 19 7.5';
export const doubleCheckPath = 'M2.5 12.5 7 17l9.5-9.5M11.5 16.5l.5.5 9.5-9.5';
export const clockPath = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2';
export const alertPath = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.75v5M12 16v.01';
export const morePath = 'M5.5 11.6v.8M12 11.6v.8M18.5 11.6v.8';
