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
  sahay-header,
  sahay-composer,
  sahay-banner {
    flex: none;
  }
  sahay-banner .button {
    min-block-size: 36px;
    font-size: var(--_text-s);
  }
  sahay-survey {
    margin-block-start: var(--_space-4);
  }
  sahay-article {
    position: absolute;
    inset: 0;
    z-index: 2;
    transition:
      opacity var(--_base),
      translate var(--_base) var(--_ease);
    @starting-style {
      opacity: 0;
      translate: 0 12px;
    }
  }
`;
