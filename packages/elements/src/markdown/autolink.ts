import type { Inline } from './tree.ts';

/** A link found in plain text: what to put in the tree, and where it stands. */
export interface Autolink {
  node: Inline;
  start: number;
  end: number;
}

const pointy =
  /<(?:([a-z][a-z\d+.-]{1,31}:[^\s<>]*)|([\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d.-]*[a-z\d])?))>/iy;

/** Reads `<https://…>` or `<someone@…>` at `position`. */
export function pointyAutolink(text: string, position: number): Autolink | undefined {
  pointy.lastIndex = position;
  const [match, url, mail] = pointy.exec(text) ?? [];
  if (!match) return undefined;
  const node: Inline = { type: 'link', url: url ?? `mailto:${mail}`, children: [match.slice(1, -1)] };
  return { node, start: position, end: position + match.length };
}

const candidate =
  /(?<![\p{L}\p{N}_.+-])(?:(?:https?:\/\/|www\.)(?=[\p{L}\p{N}])|[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+(?<=[a-z\d])(?![\w-]))/giu;

/** Drops what ends a sentence rather than an address: punctuation, unbalanced brackets, a character reference. */
function withoutTrailing(url: string): string {
  let open = url.split('(').length - url.split(')').length;
  let end = url.length;
  for (;;) {
    const last = url[end - 1]!;
    if (last === ')' && open < 0) open++;
    else if (last === ';') {
      const reference = /&[a-z\d]{1,31};$/i.exec(url.slice(Math.max(0, end - 34), end));
      end -= reference ? reference[0].length - 1 : 0;
    } else if (!/[?!.,:*_~'"”’»।؟،]/.test(last)) break;
    end--;
  }
  return url.slice(0, end);
}

/**
 * Finds the first bare address (`https://…`, `www.…`, `a@b.example`) that begins in `text` between `start` and `end`;
 * it may reach beyond `end`, over characters that would else begin a span.
 */
export function bareAutolink(text: string, start: number, end: number): Autolink | undefined {
  const run = text.slice(start, end);
  candidate.lastIndex = 0;
  for (let match = candidate.exec(run); match; match = candidate.exec(run)) {
    const at = start + match.index;
    if (match[0].includes('@')) {
      const mail = match[0];
      const node: Inline = { type: 'link', url: `mailto:${mail}`, children: [mail] };
      return { node, start: at, end: at + mail.length };
    }
    const url = withoutTrailing(/^[^\s<]*/.exec(text.slice(at, at + 2048))![0]);
    const host = url.replace(/^https?:\/\//i, '').split(/[/?#:]/, 1)[0]!;
    if (/^[\p{L}\p{N}_.-]+$/u.test(host) && (/\./.test(host) || /^http/i.test(url)) && !host.endsWith('.')) {
      const address = /^www\./i.test(url) ? `https://${url}` : url;
      return { node: { type: 'link', url: address, children: [url] }, start: at, end: at + url.length };
    }
  }
  return undefined;
}
