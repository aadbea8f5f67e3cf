import {
  IconMail,
  IconMailCog,
  IconMailFast,
  IconMailOpened,
  IconTemplate,
} from '@tabler/icons-react'
import type { Module } from '@/parts/module'

const group = 'administration' as const
const manage = 'mail.manage'

export const module: Module = {
  name: 'mail',
  menu: [
    { to: '/mailboxes', title: 'mailboxes', icon: IconMail, right: manage, group, order: 140 },
    {
      to: '/incoming-mails',
      title: 'incoming',
      icon: IconMailOpened,
      right: 'tickets.work',
      group,
      order: 142,
    },
    {
      to: '/outgoing-mails',
      title: 'outbox',
      icon: IconMailFast,
      right: 'tickets.work',
      group,
      order: 144,
    },
    { to: '/mail-rules', title: 'rules', icon: IconMailCog, right: manage, group, order: 146 },
    { to: '/mail-templates', title: 'texts', icon: IconTemplate, right: manage, group, order: 148 },
  ],
  routes: [
    { path: '/mailboxes', load: () => import('./MailboxesPage'), right: manage },
    { path: '/mailboxes/new', load: () => import('./MailboxPage'), right: manage },
    { path: '/mailboxes/$id', load: () => import('./MailboxPage'), right: manage },
    { path: '/incoming-mails', load: () => import('./IncomingPage'), right: 'tickets.read' },
    { path: '/incoming-mails/$id', load: () => import('./LetterPage'), right: 'tickets.read' },
    { path: '/outgoing-mails', load: () => import('./OutboxPage'), right: 'tickets.read' },
    { path: '/mail-rules', load: () => import('./RulesPage'), right: manage },
    { path: '/mail-templates', load: () => import('./TextsPage'), right: manage },
  ],
  links: {
    mailbox: (id) => `/mailboxes/${id}`,
    incoming_mail: (id) => `/incoming-mails/${id}`,
  },
}
