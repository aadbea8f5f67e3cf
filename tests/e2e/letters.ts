// Mail as others write it, and a mail server that takes whatever the desk sends.
import { createServer, type Server, type Socket } from 'node:net'
import { type Api, expect } from './desk'

export const address = 'fuwu@chengguang.example'

export interface Letter {
  from: string
  subject: string
  headers?: string[]
  type?: string
  body: string
}

export function letter({ from, subject, headers = [], type = 'text/plain', body }: Letter): string {
  const id = Math.random().toString(36).slice(2)
  return [
    `From: ${from}`,
    `To: ${address}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Message-ID: <${id}@county.example>`,
    'Date: Fri, 27 Nov 2026 10:00:00 +0800',
    'MIME-Version: 1.0',
    ...(type.startsWith('multipart') ? [] : ['Content-Transfer-Encoding: 8bit']),
    `Content-Type: ${type}${type.startsWith('multipart') ? '' : '; charset=utf-8'}`,
    ...headers,
    '',
    body,
  ].join('\n')
}

// What became of a message that was handed in.
export async function settled(api: Api, id: number) {
  const mail = () => api.ask('GET', `/incoming-mails/${id}`)
  await expect.poll(async () => (await mail()).state, { timeout: 20_000 }).not.toBe('waiting')
  return mail()
}

export interface Taken {
  to: string
  // As the desk names it: "<…>".
  id: string
  message: string
}

// SMTP without TLS, as only a server on this machine may be spoken to.
export class PostOffice {
  readonly taken: Taken[] = []
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(): Promise<PostOffice> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const place = server.address()
    const post = new PostOffice(server, typeof place === 'object' && place ? place.port : 0)
    server.on('connection', (socket) => post.speak(socket))
    return post
  }

  close() {
    this.server.close()
  }

  async sentTo(address: string, count = 1): Promise<Taken> {
    const found = () => this.taken.filter((one) => one.to === address)
    await expect.poll(() => found().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count)
    return found()[count - 1] as Taken
  }

  private speak(socket: Socket) {
    let heard = ''
    let to = ''
    let message: string[] | null = null
    const answer = (line: string) => {
      if (message && line !== '.') {
        message.push(line)
        return ''
      }
      if (message) {
        this.take(to, message.join('\n'))
        message = null
        return '250 taken'
      }
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO') return '250-post.test\r\n250 8BITMIME'
      if (verb === 'RCPT') to = /<([^>]+)>/.exec(line)?.[1] ?? ''
      if (verb === 'DATA') message = []
      return verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 yes'
    }
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      const lines = (heard + bytes.toString('latin1')).split('\r\n')
      heard = lines.pop() ?? ''
      for (const line of lines) {
        const said = answer(line)
        if (said) socket.write(`${said}\r\n`)
      }
    })
    socket.write('220 post.test\r\n')
  }

  private take(to: string, message: string) {
    const id = /^Message-ID:\s*(<[^>]+>)/im.exec(message)?.[1] ?? ''
    this.taken.push({ to, id, message })
  }
}
