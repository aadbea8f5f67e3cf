import { AskForLink } from './ForgottenPage'

export default function MailedLinkPage() {
  return <AskForLink what="mailed_link" />
}
