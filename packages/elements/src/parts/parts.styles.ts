import { css } from 'lit';

/** Looks of what `contentPart` draws; they come with it. */
export const partStyles = css`
  .offer,
  .tool,
  .place,
  .model,
  .media,
  .reasoning {
    box-sizing: border-box;
    inline-size: min(100%, 320px);
    margin: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-bubble);
    background: var(--_raised);
    color: var(--_text);
    font-size: var(--_text-s);
    box-shadow: var(--_lift);
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
  .words,
  .tool {
    display: grid;
    gap: 2px;
    padding: var(--_space-3) 14px;
  }
  :is(.offer, .tool) :is(h3, p) {
    margin: 0;
  }
  .words p + p:not(.sub) {
    margin-block-start: var(--_space-1);
  }
  .offer h3 {
    font-size: var(--_text-m);
    font-weight: 650;
  }
  .offer .sub,
  .tool small,
  .place .words > span {
    justify-self: start;
    color: var(--_muted);
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-2);
    margin-block-start: var(--_space-2);
  }
  .ways > .way {
    box-sizing: border-box;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_space-2) 14px;
    border: 0;
    border-block-start: 1px solid var(--_border);
    border-radius: 0;
    color: var(--_link);
    font-weight: 600;
    text-align: start;
    text-decoration: none;
    transition: background-color var(--_fast);
    outline-offset: -3px;
  }
  .ways > .way:disabled {
    color: var(--_muted);
  }
  .ways > .way[aria-pressed='true']::after {
    content: '✓' / '';
  }
  .way .icon {
    flex: none;
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .way small {
    color: var(--_muted);
    font-weight: 400;
    font-size: var(--_text-xs);
  }
  @media (hover: hover) {
    .way:hover:not(:disabled) {
      background: var(--_soft);
    }
  }
  .carousel {
    inline-size: calc(100% + var(--_space-5));
    margin-inline-end: calc(-1 * var(--_space-5));
  }
  .carousel ul {
    display: flex;
    gap: var(--_space-3);
    margin: 0;
    padding: 0 0 var(--_space-1);
    list-style: none;
    scrollbar-width: none;
    overflow-x: auto;
    overscroll-behavior-inline: contain;
    scroll-snap-type: x mandatory;
  }
  .carousel li {
    flex: 0 0 min(80%, 240px);
    scroll-snap-align: start;
  }
  .carousel .offer {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    inline-size: 100%;
  }
  .carousel .ways {
    margin-block-start: auto;
  }
  .turns {
    display: flex;
    justify-content: flex-end;
    margin-block-end: calc(-1 * var(--_space-2));
  }
  .back {
    rotate: 180deg;
  }
  .tool p:first-child {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px var(--_space-2);
  }
  .tool small {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-1);
    font-size: var(--_text-xs);
  }
  .tool .icon {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .tool.succeeded small {
    color: var(--_success);
  }
  .tool.failed small {
    color: var(--_danger);
  }
  .place [dir='ltr'] {
    font-variant-numeric: tabular-nums;
  }
  model-viewer {
    display: block;
    inline-size: 100%;
    block-size: 260px;
    background: radial-gradient(var(--_raised), var(--_surface));
  }
  .model {
    position: relative;
  }
  .model.coming::before {
    content: '';
    display: block;
    block-size: 260px;
    background: var(--_border);
  }
  .model.coming > model-viewer {
    position: absolute;
    visibility: hidden;
  }
  :is(.reasoning, .media) summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    min-block-size: var(--_target);
    padding-inline: 14px;
    color: var(--_muted);
    cursor: pointer;
    list-style: none;
    outline-offset: -3px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary > .icon {
    flex: none;
    inline-size: 1.2em;
    block-size: 1.2em;
    transition: rotate var(--_fast);
  }
  [open] > summary > .icon {
    rotate: 180deg;
  }
  details > :is(p, div) {
    margin: 0;
    padding: 0 14px var(--_space-3);
    color: var(--_muted);
    white-space: pre-wrap;
  }
  .media :is(audio, video) {
    display: block;
    inline-size: 100%;
  }
  .media audio {
    block-size: 48px;
    margin-block-start: var(--_space-1);
  }
  .media audio::-webkit-media-controls-enclosure {
    border-radius: 0;
    background: none;
  }
  .media video {
    block-size: auto;
    aspect-ratio: 16 / 9;
    background: var(--_border);
  }
  .media .card {
    inline-size: 100%;
    box-sizing: border-box;
    border: 0;
    border-radius: 0;
    background: none;
    outline-offset: -3px;
  }
  .media details {
    border-block-start: 1px solid var(--_border);
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
  .lightbox .bar > a {
    display: grid;
    place-items: center;
  }
  .lightbox .bar > .back + button {
    margin-inline-end: auto;
  }
  .lightbox .frame {
    touch-action: pan-y pinch-zoom;
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
  .lightbox[data-large] .frame {
    touch-action: auto;
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
