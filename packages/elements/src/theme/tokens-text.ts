import { launcherTokensText } from './launcher-tokens-text.ts';

/*
 * The look of the whole family as one CSS text: the single source of `tokens.ts` (Lit), of `tokens.css` (pages)
 * and of the launcher, which has no Lit. Every line here is downloaded by visitors.
 *
 * Text is as large as visitors have set their browser to, and never smaller than 15 px on pages that make `rem` small.
 *
 * A name `--sahay-…` is public and set by the host page; `--_…` is ours, always defined, and what components use.
 */

/** Every token the window has from the first moment; the others are in `late-tokens-text.ts`. */
export const windowTokensText = `${launcherTokensText}
:host{
--_font:var(--sahay-font,system-ui,"Noto Sans",sans-serif);
--_surface:var(--sahay-surface,light-dark(#f4f2ee,#141716));
--_raised:var(--sahay-surface-raised,light-dark(#fff,#1e2321));
--_text:var(--sahay-text,light-dark(#1c211f,#ebefec));
--_muted:var(--sahay-text-muted,light-dark(#5b615c,#a3ada8));
--_border:var(--sahay-border,light-dark(#e1ddd5,#323a37));
--_border-strong:var(--sahay-border-strong,light-dark(#868680,#77807b));
--_visitor:var(--sahay-visitor,var(--sahay-accent,light-dark(#0b6452,#17594a)));
--_on-visitor:var(--sahay-on-visitor,var(--sahay-on-accent,#fff));
--_agent:var(--sahay-agent,var(--_raised));
--_on-agent:var(--sahay-on-agent,var(--_text));
--_soft:var(--sahay-accent-soft,color-mix(in oklab,var(--_link) 14%,var(--_raised)));
--_on-soft:var(--sahay-on-accent-soft,color-mix(in oklab,var(--_link) 70%,var(--_text)));
--_attention:var(--sahay-attention,#f2a91f);
--_on-attention:var(--sahay-on-attention,#2b1c00);
--_danger:var(--sahay-danger,light-dark(#b3261e,#ff9d90));
--_success:var(--sahay-success,light-dark(#11744a,#62cf98));
--_size:var(--sahay-font-size,max(15px,.9375rem));
--_text-xs:calc(var(--_size)*.8);
--_text-s:calc(var(--_size)*.9);
--_text-m:var(--_size);
--_text-input:max(16px,var(--_size));
--_leading:1.47;
--_radius:var(--sahay-radius,16px);
--_radius-m:calc(var(--_radius)*.75);
--_radius-s:calc(var(--_radius)*.5);
--_radius-bubble:var(--sahay-radius-bubble,18px);
--_radius-tail:min(5px,var(--_radius-bubble));
--_lift:0 1px 1px var(--_shade);
--_space-1:4px;
--_space-2:8px;
--_space-3:12px;
--_space-4:16px;
--_space-5:24px;
--_target:44px
}
@supports(color:oklch(from red l c h)){:host{
--_on-visitor:var(--sahay-on-visitor,var(--sahay-on-accent,color(from var(--_visitor) xyz-d65 calc(.9505*var(--_white)) var(--_white) calc(1.089*var(--_white)))))
}}
:host(:lang(bn)){--_size:calc(var(--sahay-font-size,max(15px,.9375rem))*1.07);--_leading:1.62}
:host(:lang(ar)){--_size:calc(var(--sahay-font-size,max(15px,.9375rem))*1.07);--_leading:1.7}`;
