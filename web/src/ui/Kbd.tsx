import { keyCaps } from './keys'

export function Kbd({ keys }: { keys: string }) {
  return <kbd className="bj-kbd">{keyCaps(keys)}</kbd>
}
