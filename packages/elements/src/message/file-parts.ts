import type { AudioPart, FilePart, ImagePart, VideoPart } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { downloadIcon, externalLinkIcon, fileIcon, imageIcon } from '../icons/late-icons.ts';
import { loadContent } from './content.ts';
import { attachmentLink, openAttachment } from './attachment-link.ts';
import type { Picture, RowContext } from './row-context.ts';
import { isForeign, ownPicture, safeUrl } from './safe-url.ts';
import { fileSize } from '../internal/measures.ts';

type AnyFile = FilePart | ImagePart | AudioPart | VideoPart;

/**
 * A picture of this conversation, in a frame of its own proportions from the first moment. One from another host is a link:
 * loading it would tell that host who reads the conversation, and when.
 */
export function imagePart(part: ImagePart, context: RowContext): TemplateResult {
  const own = ownPicture(part.url);
  if (!part.attachmentId && !own) return fileCard(part, context);
  const source = part.attachmentId ? attachmentLink(part.attachmentId, context.resolveAttachment) : own!;
  // Browsers follow no `data:` address.
  const target = own?.startsWith('data:') && !part.attachmentId ? nothing : source;
  const alt = part.alt ?? part.name;
  return html`<a
    class="image"
    part="image"
    href=${target}
    target="_blank"
    rel="noopener noreferrer"
    aria-label=${context.locale.text('openImage', { name: alt })}
    .picture=${pictureOf(part, alt, own, context)}
    @click=${(event: MouseEvent) => enlarge(event, context)}
    ><img
      class="waiting"
      src=${source}
      alt=${alt}
      width=${part.width ?? 240}
      height=${part.height ?? 160}
      decoding="async"
      @load=${settle}
      @error=${settle}
  /></a>`;
}

/** A picture of the transcript, as the link that it is. */
interface PictureLink extends HTMLAnchorElement {
  picture: Picture;
}

function pictureOf(part: ImagePart, alt: string, own: string | undefined, context: RowContext): Picture {
  const { attachmentId } = part;
  const { resolveAttachment } = context;
  return {
    alt,
    address: async () => (attachmentId && resolveAttachment ? resolveAttachment(attachmentId) : (own ?? '')),
  };
}

/** Shows the picture large, here, with the transcript's others beside it; with a modifier it opens as any link does. */
function enlarge(event: MouseEvent, { locale }: RowContext): void {
  const link = event.currentTarget as PictureLink;
  const root = link.getRootNode();
  if (event.ctrlKey || event.metaKey || event.shiftKey || !(root instanceof ShadowRoot)) return;
  event.preventDefault();
  const links = [...root.querySelectorAll<PictureLink>('a.image')];
  const shown = (one: PictureLink): string => one.querySelector('img')!.src;
  const pictures = links.map((one) => ({
    alt: one.picture.alt,
    // What no link can be had for any more is as large as it was.
    address: () => one.picture.address().catch(() => shown(one)),
  }));
  loadContent().then(
    ({ openLightbox }) => openLightbox(root, pictures, links.indexOf(link), locale),
    () => window.open(shown(link), '_blank', 'noopener'),
  );
}

function settle(event: Event): void {
  (event.currentTarget as HTMLElement).classList.remove('waiting');
}

/** A file as a card: name, kind and size; pressing it downloads. */
export function fileCard(part: AnyFile, context: RowContext): TemplateResult {
  const url = part.attachmentId ? undefined : safeUrl(part.url, 'link');
  const foreign = url && isForeign(url);
  return html`<a
    class="card"
    part="file"
    href=${part.attachmentId ? attachmentLink(part.attachmentId, context.resolveAttachment) : (url ?? nothing)}
    target="_blank"
    rel="noopener noreferrer"
    @click=${(event: Event) => openFresh(event, part, context)}
    >${part.type === 'image' ? imageIcon() : fileIcon()}<span
      ><b><bdi>${part.name}</bdi></b
      ><small
        >${foreign ? new URL(url).host : part.size === undefined ? '' : fileSize(context.formats, part.size)}</small
      ></span
    >${foreign ? externalLinkIcon() : downloadIcon()}</a
  >`;
}

/** Signed links are short-lived: the one in the page may have run out, so pressing asks for a fresh one. */
function openFresh(event: Event, { attachmentId }: AnyFile, { resolveAttachment }: RowContext): void {
  if (!attachmentId || !resolveAttachment) return;
  event.preventDefault();
  openAttachment(attachmentId, resolveAttachment).catch(() => undefined);
}
