/** What the launcher's second chunk adds to its looks. As a sheet, it keeps off a screen's notches, and a finger on it does not move the page behind. */
export const furnishStyles = `:host{transition:inset-block-end var(--_base) var(--_ease)}
.badge{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;border:2px solid Canvas;border-radius:11px;background:var(--sahay-attention,#f2a91f);color:var(--sahay-on-attention,#2b1c00);font-size:12px;font-weight:600;line-height:18px;text-align:center}
.panel{overscroll-behavior:contain;outline:1px solid light-dark(#00000012,#ffffff24)}
.panel[aria-modal]{padding:env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left);background:var(--sahay-surface-raised,light-dark(#fff,#1e2321));touch-action:pinch-zoom;outline:0}
:host([popover]){margin:0;border:0;padding:0;width:auto;height:auto;overflow:visible;background:none;color:inherit;inset-block-start:auto}
:host([popover]:not([position=start])){inset-inline-start:auto}
.teaser{position:absolute;inset-block-end:72px;inset-inline-end:0;display:flex;width:max-content;max-width:min(300px,calc(100vw - 40px));border-radius:16px;background:var(--sahay-surface-raised,light-dark(#fff,#1e2321));color:var(--sahay-text,light-dark(#1c211f,#ebefec));box-shadow:var(--_shadow);animation:rise var(--_base) var(--_ease)}
.teaser button{background:none;color:inherit;text-align:start;padding-block:12px;padding-inline:16px 0;border-radius:inherit;overflow-wrap:anywhere;min-width:0}
.teaser .dismiss{display:grid;place-items:center;width:44px;height:44px;padding:0;flex:none;opacity:.7}
.teaser .dismiss:is(:hover,:focus-visible){opacity:1}
.teaser svg{width:18px;height:18px}
.teaser b{display:block;font-weight:600}
.teaser span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.teaser small{display:block;opacity:.75;margin-block-start:4px}
:host([position=start]) .teaser{inset-inline:0 auto}`;
