/** Where it is stored that a transport other than the WebSocket was chosen. */
export const choiceKey = 'transport';
