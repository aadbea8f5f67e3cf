import { useEffect, useState } from 'react'
import './code.css'

export interface QrProps {
  // What is read from it.
  text: string
  // What it is for; read aloud.
  label: string
  size?: number
}

// Always dark on white, in the dark theme too: not every reader takes it the other way round.
export function Qr({ text, label, size = 192 }: QrProps) {
  const [picture, setPicture] = useState<string | null>(null)
  useEffect(() => {
    let stale = false
    const options = { margin: 0, width: size * 2 }
    void import('qrcode')
      .then((code) => code.toDataURL(text, options))
      .then((made) => !stale && setPicture(made))
    return () => {
      stale = true
    }
  }, [text, size])
  const room = { width: size, height: size }
  if (!picture) return <span className="bj-qr" style={room} />
  return <img className="bj-qr" src={picture} alt={label} width={size} height={size} />
}
