import parts from '../../parts/en.json'
import menu from '../../texts/menu/en.json'
import reasons from '../../texts/reasons/en.json'
import words from '../../texts/words/en.json'
import ui from '../../ui/en.json'
import app from '../en.json'

export const texts = { app, menu, parts, reasons, ui, words }
