import { PublishedDocument } from './published-document.ts';

interface Content {
  schema: { $ref?: string; type?: string };
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: object;
}

const published = new PublishedDocument<OpenApi>('openapi');
/** The document as the package publishes it. */
export const openApi = published.content;

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** Every operation as `GET /v1/welcome`. */
export const documentedRoutes = (): string[] =>
  Object.entries(openApi.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => methods.includes(key))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );

/** Asks a server, and holds each answer to the OpenAPI document. */
export class RecordedExchanges {
  readonly #url: string;
  /** `operationId status`, of everything that was answered. */
  readonly seen = new Set<string>();

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Sends a request and returns the answer's body.
   *
   * @throws Error when the request or its answer is not what the document says
   */
  async ask(route: string, init: Omit<RequestInit, 'method'> = {}): Promise<unknown> {
    const [method = '', address = ''] = route.split(' ');
    const operation = operationAt(method, address.split('?')[0] ?? '');
    for (const name of new URL(address, this.#url).searchParams.keys())
      if (!operation.parameters?.some((parameter) => parameter.in === 'query' && parameter.name === name))
        throw new Error(`${route}: the document has no parameter "${name}".`);
    if (init.body !== undefined && !operation.requestBody)
      throw new Error(`${route}: the document has no body.`);
    const response = await fetch(this.#url + address, { method, redirect: 'manual', ...init });
    return this.#judge(route, operation, response);
  }

  async #judge(route: string, operation: Operation, response: Response): Promise<unknown> {
    const documented = operation.responses[String(response.status)];
    const text = await response.text();
    if (!documented) throw new Error(`${route}: ${response.status} is not in the document. ${text}`);
    this.seen.add(`${operation.operationId} ${response.status}`);
    if (!documented.content) {
      if (text) throw new Error(`${route}: ${response.status} has a body that is not in the document.`);
      return undefined;
    }
    const mediaType = response.headers.get('content-type')?.split(';')[0] ?? 'none';
    const content = documented.content[mediaType] ?? documented.content['*/*'];
    if (!content) throw new Error(`${route}: the document has no ${mediaType} for ${response.status}.`);
    if (content.schema.type === 'string') return text;
    const body: unknown = JSON.parse(text);
    const error = published.errorIn(content.schema.$ref ?? '', body);
    if (error) throw new Error(`${route}: ${error} in ${text.slice(0, 500)}`);
    return body;
  }
}

function operationAt(method: string, path: string): Operation {
  for (const [template, item] of Object.entries(openApi.paths)) {
    const operation = item[method.toLowerCase()];
    // An article's id may hold slashes.
    const pattern = template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '.+');
    if (operation && new RegExp(`^${pattern}$`).test(path)) return operation;
  }
  throw new Error(`${method} ${path} is not in the document.`);
}
