/**
 * The buttons of all messages are one stop of the Tab key; the arrows lead from one to the next. Without this a long transcript would stand
 * between whoever uses the keyboard and the composer.
 */
export function roving(scroller: HTMLElement): void {
  scroller.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (!(target instanceof HTMLElement) || !target.matches('.act')) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (!step) return;
    const buttons = [...scroller.querySelectorAll<HTMLElement>('.act')];
    const next = buttons[buttons.indexOf(target) + step];
    event.preventDefault();
    next?.focus({ preventScroll: true });
    next?.closest('.row')?.scrollIntoView({ block: 'nearest' });
  });
  // Where the last message is not in view, the stop is the last that is.
  scroller.addEventListener('focus', () => {
    const { top, bottom } = scroller.getBoundingClientRect();
    const seen = [...scroller.querySelectorAll<HTMLElement>('.act')].filter((button) => {
      const box = button.closest('.row')!.getBoundingClientRect();
      const inView = box.top < bottom && box.bottom > top;
      button.tabIndex = -1;
      return inView;
    });
    if (seen.length) seen.at(-1)!.tabIndex = 0;
  });
}
