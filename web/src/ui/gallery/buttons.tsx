import { IconDots, IconFilter, IconMapPin, IconPlus, IconStar } from '@tabler/icons-react'
import { Button, IconButton } from '../Button'
import { FilterChip, Tag } from '../Chip'
import { FileChip } from '../FileChip'
import { ChannelGlyph, PhaseGlyph, PriorityGlyph } from '../Glyph'
import { Menu } from '../Menu'
import { Banner, Panel } from '../Panel'
import { SlaChip } from '../SlaChip'
import samples from './samples.json'

const say = samples.buttons
const mark = samples.marks
const nothing = () => undefined

export function Buttons({ onOpen }: { onOpen: (what: string) => void }) {
  const items = [
    { title: say.merge, keys: 'm', run: nothing },
    { title: say.split, hint: say.split_hint, run: nothing },
    { title: say.close, hint: say.close_hint, disabled: true, run: nothing },
    { title: say.remove, danger: true, apart: true, run: nothing },
  ]
  return (
    <Panel title={say.title}>
      <div className="bj-gallery-line">
        <Button kind="primary" keys="mod+Enter">
          {say.send}
        </Button>
        <Button icon={IconMapPin}>{say.plain}</Button>
        <Button kind="soft">{say.soft}</Button>
        <Button kind="quiet" icon={IconFilter} keys="f">
          {say.quiet}
        </Button>
        <Button kind="danger">{say.danger}</Button>
        <Button kind="primary" pending>
          {say.pending}
        </Button>
        <Button disabled>{say.off}</Button>
      </div>
      <div className="bj-gallery-line">
        <Button size="small">{say.plain}</Button>
        <Button size="large" kind="primary">
          {say.plain}
        </Button>
        <IconButton kind="primary" icon={IconPlus} label={say.new} keys="c" size={28} />
        <IconButton icon={IconStar} label={say.star} pressed />
        <Menu items={items}>
          <IconButton icon={IconDots} label={say.menu} />
        </Menu>
        <Button onClick={() => onOpen('dialog')}>{say.dialog}</Button>
        <Button onClick={() => onOpen('drawer')}>{say.drawer}</Button>
      </div>
      <Banner>{say.writing}</Banner>
      <Banner tone="danger">{say.failed}</Banner>
      <Banner tone="dark">{say.strip}</Banner>
    </Panel>
  )
}

const channels = ['phone', 'email', 'chat', 'portal', 'wechat', 'wecom', 'fax', 'letter', 'api']
const phases = ['new', 'open', 'waiting', 'solved', 'closed'] as const

export function Marks() {
  return (
    <Panel title={mark.title}>
      <div className="bj-gallery-line">
        <FilterChip
          field={mark.field}
          value={mark.value}
          onRemove={nothing}
          removeLabel={mark.remove}
        />
        <FilterChip
          field={mark.state}
          value={mark.open}
          onEdit={nothing}
          onRemove={nothing}
          removeLabel={mark.remove}
        />
      </div>
      <div className="bj-gallery-line">
        <Tag>{mark.tag}</Tag>
        <Tag tone="brand">{mark.gold}</Tag>
        <Tag tone="accent">{mark.line}</Tag>
        <Tag tone="good">{mark.done}</Tag>
        <Tag tone="warn">{mark.warn}</Tag>
        <Tag tone="danger">{mark.bad}</Tag>
        <Tag tone="line">{mark.line}</Tag>
      </div>
      <div className="bj-gallery-line">
        {mark.priority.map((label, step) => (
          <PriorityGlyph key={label} priority={`P${step + 1}`} label={label} />
        ))}
        {phases.map((phase) => (
          <PhaseGlyph key={phase} phase={phase} />
        ))}
        {channels.map((channel) => (
          <ChannelGlyph key={channel} channel={channel} />
        ))}
      </div>
      <div className="bj-gallery-line">
        <SlaChip state="ok" done={0.35} words={() => '3:20'} />
        <SlaChip state="risk" words={() => `${mark.left} 42:10`} />
        <SlaChip state="breach" words={() => `${mark.over} 1:24`} />
        <SlaChip state="paused" words={() => mark.paused} />
        <SlaChip state="met" words={() => mark.met} />
      </div>
      <div className="bj-gallery-line">
        <FileChip name={mark.picture} type="image/png" bytes={284_000} href="#file" />
        <FileChip
          name={mark.log}
          type="text/plain"
          bytes={3_100_000}
          onRemove={nothing}
          removeLabel={mark.remove}
        />
        <FileChip name={mark.loading} type="video/mp4" progress={0.4} />
      </div>
    </Panel>
  )
}
