/** What a request asks of the model, besides writing. */
export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Models that reason refuse `max_tokens`, and count the tokens they think in among `max_completion_tokens`: they need room for
 * both.
 */
const ROOM_TO_THINK = 4000;

/** How endpoints say that they do not know a parameter at all, as opposed to its being too large for this question. */
const UNKNOWN_HERE =
  /unsupported|not support|unknown|unrecogni[sz]ed|unexpected|not (?:permitted|allowed)|forbidden|deprecated/iu;

const names = (text: string, parameter: string): boolean =>
  new RegExp(`(?<![\\w])${parameter}(?![\\w])`, 'u').test(text);

/**
 * The request without the parameter that an endpoint has just refused, or by its new name; `undefined` when what it refused is
 * not ours to leave out. Endpoints that are compatible differ here: OpenAI's newer models take neither `max_tokens` nor a
 * `temperature`, others know `max_tokens` alone. A limit of tokens gets another name and is never left out, for what is left out once stays
 * out: an endpoint that finds it too large for one long question would write without any limit from then on.
 *
 * @param refusal what the endpoint said, such as `Unsupported parameter: 'max_tokens' is not supported with this model.`
 */
export function withoutRefused(parameters: Parameters, refusal: string): Parameters | undefined {
  const { max_tokens: limit, ...unlimited } = parameters;
  const sentences = refusal.split(/[.;]\s|\n/u);
  const isUnknown = sentences.some((one) => names(one, 'max_tokens') && UNKNOWN_HERE.test(one));
  if (typeof limit === 'number' && isUnknown)
    return { ...unlimited, max_completion_tokens: limit + ROOM_TO_THINK };
  const { temperature, ...rest } = parameters;
  return temperature !== undefined && names(refusal, 'temperature') ? rest : undefined;
}
