// The channels of schema/routes.json and the frames of the schema → an AsyncAPI 3.0 document, as the backend sees it: it
// receives what clients send. Pure: what it needs is passed in.
import { collectSchemas, schemaRef } from './collect-schemas.mjs';
import { docsOf } from './emit-openapi.mjs';

/**
 * @param table schema/routes.json
 * @param bundle the whole protocol as one JSON Schema
 * @param examples definition name → a right value of it
 */
export function emitAsyncApi({ table, bundle, examples }) {
  const messages = {};
  const channels = {};
  const operations = {};

  for (const entry of table.channels) {
    const { channel, address, section, summary, receives, sends, replies = {} } = entry;
    const received = receives ? framesOf(bundle, receives) : {};
    const sent = sends ? framesOf(bundle, sends) : {};
    for (const [type, definition] of Object.entries({ ...received, ...sent }))
      messages[type] ??= messageOf(type, definition);
    channels[channel] = {
      address,
      title: channel,
      summary,
      servers: [{ $ref: `#/servers/${entry.protocol}` }],
      externalDocs: docsOf(table, section),
      messages: Object.fromEntries(
        Object.keys({ ...received, ...sent }).map((type) => [
          type,
          { $ref: `#/components/messages/${type}` },
        ]),
      ),
    };
    for (const type of Object.keys(received))
      operations[`${channel}.receive.${type}`] = receiving(channel, type, replies[type]);
    const unasked = Object.keys(sent).filter((type) => !Object.values(replies).flat().includes(type));
    for (const type of unasked) operations[`${channel}.send.${type}`] = operation('send', channel, type);
  }

  function messageOf(type, definition) {
    const { description } = bundle.definitions[definition];
    return {
      name: type,
      title: definition,
      summary: description,
      contentType: 'application/json',
      payload: schemaRef(definition),
      ...(definition in examples && { examples: [{ name: type, payload: examples[definition] }] }),
    };
  }

  return {
    asyncapi: '3.0.0',
    info: {
      title: 'The Sahay protocol: frames',
      version: '1.0.0',
      description: 'What a client and a backend send each other once a session exists.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      externalDocs: docsOf(table, '8'),
    },
    defaultContentType: 'application/json',
    servers: Object.fromEntries(
      [...new Set(table.channels.map(({ protocol }) => protocol))].map((protocol) => [
        protocol,
        {
          host: '{host}',
          protocol,
          description: 'Behind TLS wherever it is not this machine.',
          variables: { host: { description: 'The backend.', default: 'localhost:4000' } },
        },
      ]),
    ),
    channels,
    operations,
    components: {
      messages,
      schemas: collectSchemas(
        bundle,
        Object.values(messages).map(({ title }) => title),
      ),
    },
  };
}

/** The frame types of one side, `{ hello: 'HelloFrame', … }`; a definition that is no union stands for itself. */
export function framesOf(bundle, definition) {
  if (Array.isArray(definition)) return Object.assign({}, ...definition.map((one) => framesOf(bundle, one)));
  const union = bundle.definitions[definition];
  if (!union) throw new Error(`routes.json names "${definition}", which the schema does not define.`);
  if (!union.oneOf) return { [definition]: definition };
  return Object.fromEntries(
    union.oneOf.map(({ $ref }) => {
      const frame = $ref.split('/').pop();
      return [bundle.definitions[frame].properties.type.const, frame];
    }),
  );
}

const messageIn = (channel, type) => ({ $ref: `#/channels/${channel}/messages/${type}` });
const operation = (action, channel, type) => ({
  action,
  channel: { $ref: `#/channels/${channel}` },
  messages: [messageIn(channel, type)],
});
const receiving = (channel, type, answers) => ({
  ...operation('receive', channel, type),
  ...(answers && {
    reply: {
      channel: { $ref: `#/channels/${channel}` },
      messages: answers.map((answer) => messageIn(channel, answer)),
    },
  }),
});
