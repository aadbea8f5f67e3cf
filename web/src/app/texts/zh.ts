import parts from '../../parts/zh-CN.json'
import menu from '../../texts/menu/zh-CN.json'
import reasons from '../../texts/reasons/zh-CN.json'
import words from '../../texts/words/zh-CN.json'
import ui from '../../ui/zh-CN.json'
import app from '../zh-CN.json'

export const texts = { app, menu, parts, reasons, ui, words }
