import { useState } from 'react'
import { Button } from '../Button'
import { Dialog, Drawer } from '../Dialog'
import { TextAreaField } from '../Field'
import { Buttons, Marks } from './buttons'
import { Forms } from './forms'
import { Progresses, Side, Tables } from './panels'
import { Queue } from './queue'
import samples from './samples.json'
import { TalkSample } from './talk'
import './gallery.css'

const say = samples.dialog

export function Gallery({ open }: { open: string | null }) {
  const [opened, setOpened] = useState(open)
  const close = () => setOpened(null)
  return (
    <main>
      <h1 className="bj-hidden">{samples.title}</h1>
      <div className="bj-gallery">
        <Buttons onOpen={setOpened} />
        <Queue />
        <TalkSample />
        <Side />
        <Forms />
        <Marks />
        <Progresses />
        <Tables />
      </div>
      {opened === 'dialog' && (
        <Dialog
          title={say.title}
          onClose={close}
          onSubmit={close}
          footer={
            <>
              <Button onClick={close}>{say.cancel}</Button>
              <Button kind="primary" type="submit" keys="mod+Enter">
                {say.go}
              </Button>
            </>
          }
        >
          <p>{say.text}</p>
          <TextAreaField label={say.reason} required value="" onValue={close} />
        </Dialog>
      )}
      {opened === 'drawer' && (
        <Drawer title={say.title} onClose={close}>
          <p>{say.text}</p>
        </Drawer>
      )}
    </main>
  )
}
