/**
 * Mock Service Worker handlers around the protocol's core: a Sahay backend inside your tests.
 *
 * @packageDocumentation
 */
export { createMockBackend, type MockBackend, type MockBackendOptions } from './mock-backend.ts';
export { ScriptedPerson, ScriptError } from './people.ts';
