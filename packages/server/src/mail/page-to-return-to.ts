/**
 * The page that a link in an e-mail leads to: the one she wrote from, if it is of a site that may use this server; the server's
 * own otherwise. Her client says which page that is, so any other could be anybody's.
 */
export function pageToReturnTo(
  page: string | undefined,
  publicUrl: string,
  allowOrigins: readonly string[],
): string {
  const url = page !== undefined && URL.canParse(page) ? new URL(page) : undefined;
  if (!url || (url.origin !== new URL(publicUrl).origin && !allowOrigins.includes(url.origin)))
    return `${publicUrl}/`;
  return `${url.origin}${url.pathname}${url.search}`;
}
