/**
 * The icon family as Lit templates, one function each, so that what nobody calls is not shipped.
 * Those that point along the text turn round in right-to-left scripts.
 *
 * @example html`<button aria-label="Send">${sendIcon()}</button>`
 */
export * from './late-icons.ts';
export * from './window-icons.ts';
export * from './tool-icons.ts';
