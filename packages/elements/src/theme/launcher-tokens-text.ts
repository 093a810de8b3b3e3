/**
 * The few tokens the launcher needs before anyone opens the window; everything else builds on them.
 *
 * Where relative colours are known, a brand may set the accent alone: text on it turns black or white by its luminance
 * (`y` of CIE XYZ; at 0.18 both reach 4.5:1), and the accent as text is darkened or lightened until it can be read.
 * Elsewhere the default pair still stands, and a brand's own accent needs `--sahay-on-accent` beside it.
 */
export const launcherTokensText = `:host{
--_accent:var(--sahay-accent,light-dark(#0b6452,#6fd3b8));
--_on-accent:var(--sahay-on-accent,light-dark(#fff,#05271f));
--_link:var(--sahay-link,var(--_accent));
--_shade:light-dark(#2a211030,#000a);
--_shadow:var(--sahay-shadow,0 1px 2px var(--_shade),0 12px 32px -8px var(--_shade));
--_z:var(--sahay-z-index,1000);
--_fast:.12s;
--_base:.2s;
--_ease:cubic-bezier(.2,.8,.2,1)
}
@supports(color:oklch(from red l c h)){:host{
--_white:clamp(0,(.18 - y)*9999,1);
--_on-accent:var(--sahay-on-accent,color(from var(--_accent) xyz-d65 calc(.9505*var(--_white)) var(--_white) calc(1.089*var(--_white))));
--_link:var(--sahay-link,light-dark(oklch(from var(--_accent) min(l,.5) c h),oklch(from var(--_accent) max(l,.76) c h)))
}}
@media(prefers-reduced-motion:reduce){:host{--_fast:0s;--_base:0s}}`;
