import { IconCircleDot, IconTag, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { BulkBar } from '../BulkBar'
import { ChannelGlyph, PriorityGlyph, type SlaState } from '../Glyph'
import { Panel } from '../Panel'
import { GroupHead, Row } from '../Row'
import { SlaChip } from '../SlaChip'
import { VirtualList } from '../VirtualList'
import samples from './samples.json'

const say = samples.queue
const labels = samples.marks.priority
const nothing = () => undefined

const states: SlaState[] = ['breach', 'breach', 'risk', 'risk', 'risk', 'ok', 'ok', 'paused', 'met']
const priorities = [1, 2, 1, 2, 3, 3, 3, 4, 4]
const channels = ['phone', 'email', 'wechat', 'chat', 'email', 'wechat', 'email', 'chat', 'phone']
const heads = [
  { at: 0, title: say.over, count: 2 },
  { at: 2, title: say.soon, count: 3 },
  { at: 5, title: say.today, count: 4 },
]

interface Line {
  key: string
  head?: (typeof heads)[number]
  row: number
}

const lines: Line[] = say.rows.flatMap((_, row) => {
  const head = heads.find((one) => one.at === row)
  const line = { key: `row ${row}`, row }
  return head ? [{ key: `head ${row}`, head, row }, line] : [line]
})

export function Queue() {
  const [closed, setClosed] = useState<readonly number[]>([])
  const open = (line: Line) => {
    const head = heads.findLast((one) => one.at <= line.row)
    return line.head || !closed.includes(head?.at ?? 0)
  }
  const shown = lines.filter(open)
  return (
    <Panel title={say.title}>
      <div className="bj-gallery-list">
        <VirtualList
          label={say.title}
          items={shown}
          keyOf={(line) => line.key}
          heightOf={(line) => (line.head ? 28 : 56)}
          isHead={(line) => line.head !== undefined}
          render={(line) =>
            line.head ? (
              <GroupHead
                {...line.head}
                opened={!closed.includes(line.row)}
                onOpened={(on) =>
                  setClosed(on ? closed.filter((at) => at !== line.row) : [...closed, line.row])
                }
              />
            ) : (
              <Ticket at={line.row} />
            )
          }
        />
        <BulkBar
          title={say.chosen}
          onClear={nothing}
          actions={[
            { title: say.assign, icon: IconUserPlus, keys: 'a', run: nothing },
            { title: say.state, icon: IconCircleDot, keys: 's', run: nothing },
            { title: say.tag, icon: IconTag, keys: 'l', run: nothing },
          ]}
        />
      </div>
    </Panel>
  )
}

function Ticket({ at }: { at: number }) {
  const row = say.rows[at]
  const step = priorities[at] ?? 4
  if (!row) return null
  return (
    <Row
      title={row.title}
      href={`#ticket-${at}`}
      glyph={<PriorityGlyph priority={`P${step}`} label={labels[step - 1] ?? ''} />}
      age={row.age}
      more={
        <>
          <ChannelGlyph channel={channels[at] ?? ''} />
          <span className="bj-row-shrinks">{row.who}</span>
          <span aria-hidden="true">·</span>
          <span>{row.state}</span>
        </>
      }
      end={<SlaChip state={states[at] ?? 'ok'} done={0.35} words={() => row.due} />}
      unread={at < 2 || at === 3}
      unreadLabel={say.unread}
      open={at === 2}
      chosen={at === 5 || at === 6}
      chooseLabel={`${say.choose} ${row.title}`}
      onOpen={nothing}
      onChoose={nothing}
    />
  )
}
