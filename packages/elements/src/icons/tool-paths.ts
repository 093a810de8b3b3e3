/* The icons of what can be done with messages and in the composer; they arrive with it. */

export const linkPath =
  'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 1 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 1 0 5.7 5.7l1-1';
export const pencilPath =
  'M4.5 19.5 5.5 15 16 4.5a1.8 1.8 0 0 1 2.6 0l.9.9a1.8 1.8 0 0 1 0 2.6L9 18.5zM13.5 7l3.5 3.5';
export const trashPath =
  'M4.5 6.5h15M9 6.5V5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v1.5M6.5 6.5l.8 12A1.5 1.5 0 0 0 8.8 20h6.4a1.5 1.5 0 0 0 1.5-1.5l.8-12M10 10.5v5.5M14 10.5v5.5';
export const smilePath =
  'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.01M15 10v.01M8.5 14.5a4.5 4.5 0 0 0 7 0';
export const microphonePath =
  'M12 3.5a3 3 0 0 0-3 3V11a3 3 0 0 0 6 0V6.5a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5v3';
export const dictatePath =
  'M4 18.5 8 7.5l4 11M5.4 15h5.2M17.5 5a2 2 0 0 0-2 2v3.5a2 2 0 0 0 4 0V7a2 2 0 0 0-2-2zM13.5 11a4 4 0 0 0 8 0M17.5 15v3.5';
export const shieldPath = 'M12 3.5 5 6v5.5c0 4.2 2.9 7.6 7 9 4.1-1.4 7-4.8 7-9V6zM12 8.5v4M12 15.5v.01';
export const arrowUpPath = 'm5.5 15 6.5-6.5 6.5 6.5';
