/** What goes between the page and the main process, each message on its lane. */
export const LANES_CHANNEL = 'scenedex'

/** A page that has just begun says so: from then on it can be told something. */
export const HELLO_CHANNEL = 'scenedex:hello'

/** With it comes the port to the engine, once for each engine. */
export const PORT_CHANNEL = 'scenedex:port'
