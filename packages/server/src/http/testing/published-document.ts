import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Validator {
  addSchema(schema: object): void;
  validate(schema: object, value: unknown): boolean;
  errorsText(): string;
}
type ValidatorClass = new (options: object) => Validator;

// The protocol's own Ajv, as whoever installs the package has it.
const requireOfProtocol = createRequire(import.meta.resolve('@sahay/protocol/openapi.json'));

/** An API document as `@sahay/protocol` publishes it, and the shapes it gives. */
export class PublishedDocument<T extends { components: object }> {
  readonly content: T;
  readonly #ajv: Validator;

  constructor(name: 'openapi' | 'asyncapi') {
    const url = new URL(import.meta.resolve(`@sahay/protocol/${name}.json`));
    this.content = JSON.parse(readFileSync(url, 'utf8')) as T;
    // OpenAPI 3.1 speaks JSON Schema 2020-12, AsyncAPI 3 draft-07.
    const module = name === 'openapi' ? 'ajv/dist/2020.js' : 'ajv';
    const { default: Ajv } = requireOfProtocol(module) as { default: ValidatorClass };
    this.#ajv = new Ajv({ strict: false });
    this.#ajv.addSchema({ $id: 'document', components: this.content.components });
  }

  /** What is wrong with a value by the schema at a reference of this document; `undefined` when nothing is. */
  errorIn(ref: string, value: unknown): string | undefined {
    return this.#ajv.validate({ $ref: ref.replace('#/', 'document#/') }, value)
      ? undefined
      : this.#ajv.errorsText();
  }
}
