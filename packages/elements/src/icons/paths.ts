/**
 * Path data of the icon family: 24 px grid, drawn as strokes of `currentColor` (1.75 px, round caps and joins).
 *
 * Plain strings, so that the bubble can draw its launcher without Lit and unused icons leave the bundle.
 * In Lit templates use the functions of `icons.ts` instead.
 */

export * from './launcher-paths.ts';
export * from './late-paths.ts';
export * from './window-paths.ts';
export * from './tool-paths.ts';
