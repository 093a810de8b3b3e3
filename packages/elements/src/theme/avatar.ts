import type { CSSResultGroup } from 'lit';
import { avatarFrame } from './avatar-frame.ts';
import { personStyles } from './person-styles.ts';

/**
 * Round faces: `.avatar` with initials, a picture or an icon; `data-tint="1"…"5"` spreads people over five tints,
 * `.bot` is the accent. Size it with `--_avatar` (default 32px). Needs `tokens` before it.
 */
export const avatar: CSSResultGroup = [avatarFrame, personStyles];
