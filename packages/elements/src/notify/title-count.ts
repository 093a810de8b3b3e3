/** What was put before the page's title, to be taken away again; whatever the page made of its title since stays. */
let prefix = '';

/** Says before the page's title how many messages are unread; 0 takes it away. Only what stands there from us is touched. */
export function countInTitle(count: number, format: (value: number) => string): void {
  const title =
    prefix && document.title.startsWith(prefix) ? document.title.slice(prefix.length) : document.title;
  prefix = count > 0 ? `(${format(count)}) ` : '';
  if (document.title !== prefix + title) document.title = prefix + title;
}
