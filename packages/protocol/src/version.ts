/** The major version this package speaks. Within it there are only additions. */
export const protocolVersion = '1';
/** The WebSocket subprotocol of that version. */
export const subprotocol = 'sahay.v1';
