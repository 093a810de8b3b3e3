/** White space, and characters that show nothing: format and control characters, Hangul fillers. */
const blank = /^[\s\p{Cf}\p{Cc}\u115F\u1160\u3164\uFFA0]*$/u;

/**
 * Whether a text shows nothing, so that it is no message: `message_empty`.
 *
 * @example isBlank(' \u200B\n'); // true
 */
export const isBlank = (text: string): boolean => blank.test(text);
