import { css } from 'lit';

/** Looks of what `contentPart` draws; they come with it. */
export const partStyles = css`
  .offer,
  .tool,
  .place,
  .model,
  .reasoning {
    box-sizing: border-box;
    inline-size: min(100%, 320px);
    margin: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-m);
    background: var(--_raised);
    color: var(--_text);
    font-size: var(--_text-s);
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .offer > img {
    display: block;
    inline-size: 100%;
    block-size: auto;
    aspect-ratio: 16 / 9;
    object-fit: cover;
    background: var(--_border);
  }
  .offer .words,
  .tool,
  .place,
  .model,
  .reasoning {
    padding: var(--_space-3) var(--_space-4);
  }
  :is(.offer, .tool) :is(h3, p) {
    margin: 0;
  }
  .offer h3 {
    font-size: var(--_text-m);
    font-weight: 650;
  }
  .offer .sub,
  .tool small,
  .place > span {
    color: var(--_muted);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    margin-block-start: var(--_space-2);
  }
  .offer .acts {
    margin: 0;
    padding: 0 var(--_space-4) var(--_space-3);
  }
  a.button {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
    color: inherit;
    text-decoration: none;
  }
  .button .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .button small {
    color: var(--_muted);
    font-weight: 400;
  }
  .carousel {
    inline-size: 100%;
  }
  .carousel ul {
    display: flex;
    gap: var(--_space-3);
    margin: 0;
    padding: 0 0 var(--_space-2);
    list-style: none;
    overflow-x: auto;
    overscroll-behavior-inline: contain;
    scroll-snap-type: x mandatory;
  }
  .carousel li {
    flex: 0 0 min(85%, 260px);
    scroll-snap-align: start;
  }
  .carousel .offer {
    block-size: 100%;
    inline-size: 100%;
  }
  .turns {
    display: flex;
    justify-content: flex-end;
  }
  .back {
    rotate: 180deg;
  }
  .tool p:first-child {
    display: flex;
    justify-content: space-between;
    gap: var(--_space-2);
  }
  .tool .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .tool.failed small {
    color: var(--_danger);
  }
  .place,
  .model {
    display: grid;
    justify-items: start;
    gap: var(--_space-1);
  }
  .place [dir='ltr'] {
    font-variant-numeric: tabular-nums;
  }
  model-viewer {
    inline-size: 100%;
    block-size: 240px;
  }
  .reasoning summary,
  .media summary {
    min-block-size: 28px;
    color: var(--_muted);
    cursor: pointer;
  }
  .reasoning div {
    margin-block-start: var(--_space-2);
    color: var(--_muted);
    white-space: pre-wrap;
  }
  .media {
    display: grid;
    gap: var(--_space-2);
    inline-size: min(100%, 320px);
    margin: 0;
    font-size: var(--_text-s);
  }
  .media :is(audio, video) {
    inline-size: 100%;
  }
  .media video {
    block-size: auto;
    aspect-ratio: 16 / 9;
    border-radius: var(--_radius-m);
    background: var(--_border);
  }
  .host-part {
    max-inline-size: 100%;
  }
  .lightbox {
    box-sizing: border-box;
    inline-size: 100vw;
    max-inline-size: none;
    block-size: 100dvh;
    max-block-size: none;
    padding: var(--_space-3);
    border: 0;
    background: rgb(0 0 0 / 0.88);
    color: #fff;
  }
  .lightbox[open] {
    display: grid;
    grid-template-rows: auto 1fr auto;
  }
  .lightbox .bar {
    display: flex;
    justify-content: flex-end;
    gap: var(--_space-2);
  }
  .lightbox .icon-button {
    color: #fff;
  }
  .lightbox .frame {
    display: grid;
    min-block-size: 0;
    overflow: auto;
  }
  .lightbox .zoom {
    margin: auto;
    cursor: zoom-in;
  }
  .lightbox img {
    display: block;
    max-inline-size: calc(100vw - 32px);
    max-block-size: calc(100dvh - 140px);
  }
  .lightbox[data-large] .zoom {
    cursor: zoom-out;
  }
  .lightbox[data-large] img {
    max-inline-size: none;
    max-block-size: none;
    min-inline-size: 150vw;
  }
  .lightbox p {
    margin: var(--_space-2) auto 0;
    max-inline-size: 60ch;
    text-align: center;
  }
`;
