import type { Schemas } from '@/api/client'

// Where the mail servers of the usual providers are, so that nobody has to look them up.

export type Incoming = Schemas['IncomingLine']
export type Outgoing = Schemas['OutgoingLine']
export type Provider = 'tencent' | 'aliyun' | 'netease' | 'qq' | 'microsoft' | 'google' | 'other'

type Place<Line> = Pick<Line, Extract<keyof Line, 'host' | 'port' | 'security' | 'log_in'>>

interface Preset {
  provider: Provider
  incoming: Place<Incoming>
  outgoing: Place<Outgoing>
}

function byPassword(provider: Provider, imap: string, smtp: string): Preset {
  const common = { security: 'tls', log_in: 'password' } as const
  return {
    provider,
    incoming: { ...common, host: imap, port: 993 },
    outgoing: { ...common, host: smtp, port: 465 },
  }
}

export const presets: readonly Preset[] = [
  byPassword('tencent', 'imap.exmail.qq.com', 'smtp.exmail.qq.com'),
  byPassword('aliyun', 'imap.qiye.aliyun.com', 'smtp.qiye.aliyun.com'),
  byPassword('netease', 'imap.163.com', 'smtp.163.com'),
  byPassword('qq', 'imap.qq.com', 'smtp.qq.com'),
  {
    provider: 'microsoft',
    incoming: { host: 'outlook.office365.com', port: 993, security: 'tls', log_in: 'token' },
    outgoing: { host: 'smtp.office365.com', port: 587, security: 'starttls', log_in: 'token' },
  },
  byPassword('google', 'imap.gmail.com', 'smtp.gmail.com'),
  byPassword('other', '', ''),
]

export function presetOf(provider: Provider): Preset {
  return presets.find((preset) => preset.provider === provider) ?? byPassword('other', '', '')
}

export function providerOf(host: string): Provider {
  return presets.find((preset) => preset.incoming.host === host)?.provider ?? 'other'
}

const ports = {
  imap: { tls: 993, starttls: 143, none: 143 },
  pop3: { tls: 995, starttls: 110, none: 110 },
  smtp: { tls: 465, starttls: 587, none: 25 },
}

export function usualPort(
  protocol: Incoming['protocol'] | 'smtp',
  security: Incoming['security'],
): number {
  return ports[protocol === 'none' ? 'imap' : protocol][security]
}

// A port that somebody chose himself stays when the protocol or the encryption is changed.
export function isUsualPort(port: number): boolean {
  return Object.values(ports).some((each) => Object.values(each).includes(port))
}
