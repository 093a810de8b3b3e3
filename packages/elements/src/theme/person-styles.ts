import { css } from 'lit';

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
