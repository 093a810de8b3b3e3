import { colorSchemeText } from '../theme/color-scheme-text.ts';
import { launcherTokensText } from '../theme/launcher-tokens-text.ts';

/** The bubble's whole style, as text: it has no Lit. Every byte is downloaded before anyone shows intent. */
export const bubbleStyles = `${launcherTokensText}
${colorSchemeText}
:host{position:fixed;z-index:var(--_z);inset-block-end:calc(var(--sahay-offset-block,20px) + max(var(--_up,0px),env(safe-area-inset-bottom)));inset-inline-end:calc(var(--sahay-offset-inline,20px) + env(safe-area-inset-right));font:400 15px/1.45 var(--sahay-font,system-ui,sans-serif)}
:host([position=start]){inset-inline:calc(var(--sahay-offset-inline,20px) + env(safe-area-inset-left)) auto}
:host([hidden]),[hidden]{display:none!important}
@media print{:host{display:none!important}}
*{box-sizing:border-box}
button{font:inherit;cursor:pointer;border:1px solid transparent}
:focus-visible{outline:2px solid var(--_link);outline-offset:3px}
svg{display:block;width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.launcher{display:grid;place-items:center;position:relative;width:60px;height:60px;padding:0;border-radius:50%;background:var(--_accent);color:var(--_on-accent);box-shadow:var(--_shadow);transition:transform var(--_base) var(--_ease);touch-action:manipulation}
.launcher:hover{transform:scale(1.04)}
:host([position=start]) .panel{inset-inline:0 auto}
.panel{position:absolute;inset-block-end:76px;inset-inline-end:0;width:400px;height:min(680px,calc(100dvh - 120px - var(--_up,0px)));max-width:calc(100vw - 40px);border-radius:var(--sahay-radius,16px);overflow:hidden;background:var(--sahay-surface,light-dark(#f4f2ee,#141716));box-shadow:var(--_shadow);animation:rise var(--_base) var(--_ease)}
.panel>*{width:100%;height:100%;border-radius:inherit}
.wait{display:flex;flex-direction:column;gap:14px;padding:20px}
.wait i{height:44px;margin-inline-end:30%;border-radius:16px;background:#8883}
.wait button{margin:auto;padding:12px 20px;border-radius:12px;background:var(--_accent);color:var(--_on-accent)}
@keyframes rise{from{opacity:0;transform:translateY(12px)}}
@media(max-width:480px),(max-height:480px){
:host([open]){inset:0}
.panel:not([hidden],:has(button))~.launcher{display:none}
.panel{position:fixed;inset:var(--_top,0) 0 auto;width:100%;max-width:none;height:var(--_height,100dvh);border-radius:0}
:host([position=start]) .panel{inset-inline:0}
}`;
