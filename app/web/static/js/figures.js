// Which figure was pressed: the key itself counts, for a Belgian keyboard writes figures only with shift.

const FIGURE = /^(?:Digit|Numpad)([0-9])$/;

/** "0" to "9", or undefined. */
export function figure(event) { return FIGURE.exec(event.code)?.[1]; }
