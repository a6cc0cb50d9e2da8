import { startProcess } from './process.ts'

// Starts a program that would run for a minute, says its number, and ends at once without waiting for it.
const running = startProcess({ program: process.execPath, args: ['-e', 'console.log(process.pid); setTimeout(() => {}, 60_000)'], signal: new AbortController().signal })
running.stdout.on('data', (text: Buffer) => {
  process.stdout.write(text)
  process.exit(0)
})
running.stdout.resume()
