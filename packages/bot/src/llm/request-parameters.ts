/** What a request asks of the model, besides writing. */
export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Models that reason refuse `max_tokens`, and count the tokens they think in among `max_completion_tokens`: they need room for
 * both.
 */
const ROOM_TO_THINK = 4000;

/**
 * The request without the parameter that an endpoint has just refused, or by its new name; `undefined` when what it refused is
 * not ours to leave out. Endpoints that are compatible differ here: OpenAI's newer models take neither `max_tokens` nor a
 * `temperature`, others know `max_tokens` alone.
 *
 * @param refusal what the endpoint said, such as `Unsupported parameter: 'max_tokens' is not supported with this model.`
 */
export function withoutRefused(parameters: Parameters, refusal: string): Parameters | undefined {
  const refused = ['max_tokens', 'temperature', 'max_completion_tokens'].find(
    (name) => parameters[name] !== undefined && new RegExp(`(?<![\\w])${name}(?![\\w])`, 'u').test(refusal),
  );
  if (refused === undefined) return undefined;
  const { [refused]: value, ...rest } = parameters;
  if (refused !== 'max_tokens' || typeof value !== 'number') return rest;
  return { ...rest, max_completion_tokens: value + ROOM_TO_THINK };
}
