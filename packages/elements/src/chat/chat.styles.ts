import { css } from 'lit';

export const chatStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 640px;
    max-block-size: 100dvh;
    min-inline-size: 0;
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .window {
    display: contents;
  }
  sahay-message-list {
    flex: 1;
  }
  .header,
  .banner,
  sahay-composer {
    flex: none;
  }
`;
