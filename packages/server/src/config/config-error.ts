/** A configuration that cannot work; its message says what is wrong and what to change, for the one who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
