export { createHttpApp, type HttpOptions } from './create-http-app.ts';
export type { HttpEnv } from './http-env.ts';
export { isOriginAllowed, originRefusal } from './origins.ts';
export { ProblemError } from './problem-error.ts';
export { contentSecurityPolicy } from './static/add-static-routes.ts';
