// The routes of schema/routes.json → an OpenAPI 3.1 document. Pure: what it needs is passed in.
import { collectSchemas, schemaRef } from './collect-schemas.mjs';

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "A visitor's or an agent's access token.",
  },
  agentCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-sahay_agent',
    description: "An agent's session, for the backend's own pages.",
  },
};
const tokenErrors = ['unauthenticated', 'token_expired', 'token_invalid'];
/** How each kind of caller proves who it is, and what refuses it. */
const callers = {
  anybody: { security: [], errors: [] },
  link: { security: [], errors: [] },
  token: { security: [{ token: [] }], errors: tokenErrors },
  agent: { security: [{ token: [] }], errors: [...tokenErrors, 'forbidden'] },
  cookie: { security: [{ agentCookie: [] }], errors: [] },
};
/** What any route can meet. */
const anywhere = ['internal', 'storage_failed', 'shutting_down'];

/**
 * @param table schema/routes.json
 * @param bundle the whole protocol as one JSON Schema
 * @param problemKinds every error code with its status, retryability and title
 * @param examples definition name → a right value of it
 */
export function emitOpenApi(parts) {
  const { table, bundle } = parts;
  const paths = {};
  for (const entry of table.routes) {
    const [method, path] = entry.route.split(' ');
    (paths[path] ??= parametersOf(path))[method.toLowerCase()] = operationOf(entry, parts);
  }
  const named = table.routes
    .flatMap(({ body, answers }) => [body, ...Object.values(answers).flat()])
    .filter((content) => content && !isRaw(content))
    .concat(table.webhooks.map(({ body }) => body));
  return {
    openapi: '3.1.0',
    info: {
      title: 'The Sahay protocol over HTTP',
      version: '1.0.0',
      summary: 'Sessions, history, files, articles and what agents need beside the streams.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: docsOf(table, '9'),
    servers: [{ url: '/', description: 'The backend itself.' }],
    tags: [...new Set(table.routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(
      table.webhooks.map((entry) => [entry.webhook, { post: webhookOf(entry, parts) }]),
    ),
    components: { schemas: collectSchemas(bundle, [...new Set([...named, 'Problem'])]), securitySchemes },
  };
}

function operationOf(entry, parts) {
  const { id, section, tag, summary, who, query = {}, body, answers, capability } = entry;
  const parameters = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(capability && { description: `Needs the capability \`${capability}\`.` }),
    externalDocs: docsOf(parts.table, section),
    security: callers[who].security,
    ...(parameters.length && { parameters }),
    ...(body && { requestBody: { required: body !== 'SessionRequest', content: contentOf(body, parts) } }),
    responses: { ...answersOf(answers, parts), ...refusalsOf(entry, parts) },
  };
}

/** What a backend asks of whoever it tells. */
function webhookOf({ webhook, section, summary, body, headers }, parts) {
  return {
    operationId: webhook,
    summary,
    description: 'Needs the capability `webhooks`.',
    externalDocs: docsOf(parts.table, section),
    security: [],
    parameters: Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header',
      required: true,
      description,
      schema: { type: 'string' },
    })),
    requestBody: { required: true, content: contentOf(body, parts) },
    responses: { '2XX': { description: 'It was taken.' } },
  };
}

/** `bytes`, or a media type such as `text/event-stream`: no definition of the schema. */
const isRaw = (content) => content === 'bytes' || content.includes('/');

function contentOf(content, parts) {
  if (Array.isArray(content)) return Object.assign({}, ...content.map((one) => contentOf(one, parts)));
  const { examples } = parts;
  if (content === 'bytes') return { '*/*': { schema: { type: 'string', format: 'binary' } } };
  if (isRaw(content)) return { [content]: { schema: { type: 'string' } } };
  const example = examples[content];
  return { 'application/json': { schema: schemaRef(content), ...(example !== undefined && { example }) } };
}

const answersOf = (answers, parts) =>
  Object.fromEntries(
    Object.entries(answers).map(([status, content]) => [
      status,
      content
        ? {
            description: parts.bundle.definitions[[content].flat()[0]]?.description ?? 'The contents.',
            content: contentOf(content, parts),
          }
        : { description: 'Done; there is nothing to say.' },
    ]),
  );

/** Every refusal by its status: what this route names, and what any route of its kind can meet. */
function refusalsOf({ route, who, body, errors = [] }, { problemKinds }) {
  const codes = new Set([
    ...errors,
    ...callers[who].errors,
    ...(body && !isRaw(body) ? ['invalid_frame', 'frame_too_large'] : []),
    ...(route.endsWith('/healthz') ? [] : ['origin_refused', 'rate_limited']),
    ...anywhere,
  ]);
  for (const code of codes)
    if (!problemKinds[code]) throw new Error(`${route}: the schema knows no error code "${code}".`);
  const byStatus = Map.groupBy(codes, (code) => problemKinds[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${problemKinds[code].title}.`).join(' '),
        ...(status === 429 && {
          headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 0 } } },
        }),
        content: { 'application/problem+json': { schema: schemaRef('Problem') } },
      },
    ]),
  );
}

/** Where the specification tells of a section. */
export function docsOf({ pages }, section) {
  const page = pages[section.split('.')[0]];
  if (!page) throw new Error(`routes.json names § ${section}, and no page for it.`);
  return {
    description: `§ ${section} of the specification`,
    url: `https://github.com/sahay-chat/sahay/blob/main/docs/protocol/${page}.md`,
  };
}

function parametersOf(path) {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return parameters.length ? { parameters } : {};
}
