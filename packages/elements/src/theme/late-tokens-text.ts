/** The tokens a window does without at first: those of formatted text, surveys, articles and the console. */
export const lateTokensText = `:host{
--_note:var(--sahay-note,light-dark(#fcefcf,#3b3118));
--_on-note:var(--sahay-on-note,light-dark(#4b3505,#f5e0ae));
--_text-l:calc(var(--_size)*1.15);
--_text-xl:calc(var(--_size)*1.4);
--_mono:var(--sahay-font-mono,ui-monospace,"Cascadia Mono",Menlo,Consolas,"Noto Sans Mono",monospace);
--_space-6:32px;
--_slow:.32s;
--_spring:cubic-bezier(.3,1.4,.5,1)
}
@media(prefers-reduced-motion:reduce){:host{--_slow:0s}}`;
