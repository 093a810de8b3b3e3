// What other packages of the family style themselves with.
export { avatar } from './avatar.ts';
export { base } from './base.ts';
export { controls } from './controls.ts';
export { colorScheme, tokens } from './tokens.ts';
