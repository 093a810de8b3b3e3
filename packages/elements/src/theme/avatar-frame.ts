import { css } from 'lit';

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
