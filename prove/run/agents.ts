/** Signs an agent in for each worker; the first is the owner, who makes the others. Returns their cookies. */
export async function signInAgents(url: string, signInUrl: string, count: number): Promise<string[]> {
  const owner = await signIn(url, signInUrl, 'Agent 0');
  const cookies = [owner];
  const { accessToken } = (await post(url, '/v1/agents/token', {}, { cookie: owner }).then((response) =>
    response.json(),
  )) as { accessToken: string };
  for (let i = 1; i < count; i++) {
    const invited = await post(
      url,
      '/v1/agents',
      { name: `Agent ${i}` },
      { authorization: `Bearer ${accessToken}` },
    );
    const { signInUrl: link } = (await invited.json()) as { signInUrl: string };
    cookies.push(await signIn(url, link, `Agent ${i}`));
  }
  return cookies;
}

async function signIn(url: string, link: string, name: string): Promise<string> {
  const code = new URL(link).hash.replace('#sign-in=', '');
  const response = await post(url, '/v1/agents/sign-in', { code, name });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error('The sign-in answered without a cookie.');
  return cookie;
}

async function post(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} was refused: ${response.status} ${await response.text()}`);
  return response;
}
