/** How an element is to be drawn before its script has arrived. Give what the page gives the element. */
export interface RenderOptions {
  /** The backend's address, as the element's `server`. */
  server?: string | undefined;
  /** The language (BCP 47) of the texts. Default `en`. Give what the page's `lang` says: then nothing changes when the script arrives. */
  locale?: string | undefined;
  /** The window's title. */
  heading?: string | undefined;
  colorScheme?: 'auto' | 'light' | 'dark' | undefined;
  /** Where the stylesheets are: the folder `served/` of the bundle. Default: `/served/` on `server`. */
  stylesheets?: string | undefined;
}

/** Which parts have a stylesheet of their own. */
export type ServedStyle = 'bubble' | 'window' | 'transcript' | 'composer';

/** The address of a stylesheet. */
export function stylesheet(part: ServedStyle, { server = '', stylesheets }: RenderOptions): string {
  return `${(stylesheets ?? `${server.replace(/\/$/, '')}/served`).replace(/\/$/, '')}/${part}.css`;
}

/** The attributes that the bubble and the window have in common. */
export const attributesOf = ({
  server,
  locale,
  heading,
  colorScheme,
}: RenderOptions): Record<string, string | undefined> => ({
  server,
  locale,
  heading,
  'color-scheme': colorScheme,
});
