import parts from '../../parts/en.json'
import reasons from '../../texts/reasons/en.json'
import words from '../../texts/words/en.json'
import ui from '../../ui/en.json'
import app from '../en.json'

export const texts = { app, parts, reasons, ui, words }
