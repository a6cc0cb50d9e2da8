import { connect } from 'node:net'

export interface RawAnswer { status: number, headers: Record<string, string>, body: Buffer }

/** Sends these very bytes and gives what comes until the server hangs up: no library tidies up what is asked. */
export function sendRaw(port: number, text: string, timeoutMs = 20_000): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => { socket.write(text, 'latin1') })
    socket.setTimeout(timeoutMs)
    socket.on('data', (part) => { parts.push(part) })
    socket.on('timeout', () => { reject(new Error('the server keeps the connection')); socket.destroy() })
    // A server that hangs up while we send resets the connection.
    socket.on('error', () => undefined)
    socket.on('close', () => { resolve(Buffer.concat(parts)) })
  })
}

export interface RawRequest { method?: string, target?: string, headers?: readonly string[] }

/** One request, letter for letter, and its answer. */
export async function raw(port: number, { method = 'GET', target = '/', headers = [`Host: 127.0.0.1:${port}`] }: RawRequest): Promise<RawAnswer> {
  const answer = await sendRaw(port, `${method} ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n`)
  const end = answer.indexOf('\r\n\r\n')
  const [first = '', ...lines] = answer.subarray(0, end).toString('latin1').split('\r\n')
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const)
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(pairs), body: answer.subarray(end + 4) }
}
