import { css, type CSSResultGroup } from 'lit';

/* What the bot's mark needs stands apart from what people's faces need, which arrives with the first of them. */

/** The round frame, with the mark in it. */
export const avatarFrame = css`
  .avatar {
    display: grid;
    place-items: center;
    flex: none;
    overflow: hidden;
    inline-size: var(--_avatar, 32px);
    block-size: var(--_avatar, 32px);
    border-radius: 50%;
    border: 1px solid transparent;
    background: light-dark(#f7dfae, #4a3a17);
    font-size: calc(var(--_avatar, 32px) * 0.38);
    font-weight: 600;
    line-height: 1;
  }
  .avatar > .icon {
    inline-size: 58%;
    block-size: 58%;
  }
  .avatar.bot {
    background: var(--_accent);
    color: var(--_on-accent);
  }
`;

/** Initials, pictures and tints. */
export const personStyles = css`
  .avatar:not(.bot) {
    color: light-dark(#5a3a00, #f3d08b);
  }
  .avatar > img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .avatar:not(.bot)[data-tint='2'] {
    background: light-dark(#d3e4f4, #1e3a52);
    color: light-dark(#123c60, #a9d3f5);
  }
  .avatar:not(.bot)[data-tint='3'] {
    background: light-dark(#f5d6ce, #542a20);
    color: light-dark(#6b2413, #f7bcab);
  }
  .avatar:not(.bot)[data-tint='4'] {
    background: light-dark(#dce8c6, #344116);
    color: light-dark(#33480f, #cfe39d);
  }
  .avatar:not(.bot)[data-tint='5'] {
    background: light-dark(#e6dcee, #412f50);
    color: light-dark(#4a2c63, #dcc1f0);
  }
`;

/**
 * Round faces: `.avatar` with initials, a picture or an icon; `data-tint="1"…"5"` spreads people over five tints,
 * `.bot` is the accent. Size it with `--_avatar` (default 32px). Needs `tokens` before it.
 */
export const avatar: CSSResultGroup = [avatarFrame, personStyles];
