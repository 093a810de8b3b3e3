/**
 * For the outermost elements only (bubble, chat, survey, inbox, desk, insights): decides between light and dark.
 * Parts inside them inherit the decision, so they must not repeat it.
 */
export const colorSchemeText = `:host{color-scheme:light dark}
:host([color-scheme=light]){color-scheme:light}
:host([color-scheme=dark]){color-scheme:dark}`;
