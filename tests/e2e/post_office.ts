// A mail server on loopback that takes every letter and lets a journey read it.
import { createServer, type Server, type Socket } from 'node:net'

export interface Posted {
  to: string
  // As it went over the wire, and its parts as text.
  raw: string
  text: string
}

export class PostOffice {
  readonly letters: Posted[] = []

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static open(): Promise<PostOffice> {
    return new Promise((resolve) => {
      const server = createServer((socket) => office.serve(socket))
      let office: PostOffice
      server.listen(0, '127.0.0.1', () => {
        office = new PostOffice(server, (server.address() as { port: number }).port)
        resolve(office)
      })
    })
  }

  close(): void {
    this.server.close()
  }

  // The first link in the newest letter to this address.
  linkTo(address: string): string | undefined {
    const letter = this.letters.filter((one) => one.to === address).at(-1)
    return /https?:\/\/[^\s"<>]+#[\w.~-]+/.exec(letter?.text ?? '')?.[0]
  }

  private serve(socket: Socket): void {
    let waiting = ''
    let to = ''
    let letter: string | null = null
    const say = (line: string) => socket.write(`${line}\r\n`)
    const hear = (line: string) => {
      if (letter !== null) {
        if (line !== '.') {
          letter += `${line.startsWith('.') ? line.slice(1) : line}\r\n`
          return
        }
        this.letters.push({ to, raw: letter, text: textOf(letter) })
        letter = null
        return say('250 taken')
      }
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? ''
      if (verb === 'DATA') letter = ''
      say(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 well')
      if (verb === 'QUIT') socket.end()
    }
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      waiting += bytes.toString('latin1')
      const lines = waiting.split('\r\n')
      waiting = lines.pop() ?? ''
      for (const line of lines) hear(line)
    })
    say('220 post-office.test')
  }
}

// Every text part, whatever it was wrapped in.
function textOf(raw: string): string {
  const boundaries = [...raw.matchAll(/boundary="?([^";\r\n]+)/g)].map((found) => found[1])
  let parts = [raw]
  for (const one of boundaries) parts = parts.flatMap((part) => part.split(`--${one}`))
  return parts.map(unwrapped).join('\n')
}

function unwrapped(part: string): string {
  const at = part.indexOf('\r\n\r\n')
  const head = part.slice(0, at).toLowerCase()
  const body = part.slice(at + 4)
  if (head.includes('transfer-encoding: base64')) return Buffer.from(body, 'base64').toString('utf8')
  if (!head.includes('quoted-printable')) return Buffer.from(body, 'latin1').toString('utf8')
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
