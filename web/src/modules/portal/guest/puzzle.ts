import { sha256 } from '@noble/hashes/sha2.js'

// What the desk asks of a guest's browser before it takes a request: the first number after which
// SHA-256 of "challenge:number" begins with so many zero bits. Where pages come without TLS the
// browser's own SHA-256 cannot be had, so a library's is used everywhere.

const triesInARow = 4_000

function zeroBits(hash: Uint8Array): number {
  let bits = 0
  for (const byte of hash) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24
    bits += 8
  }
  return bits
}

// The page stays in use meanwhile.
export async function solve({ challenge, bits }: { challenge: string; bits: number }) {
  const encoder = new TextEncoder()
  const begun = sha256.create().update(encoder.encode(`${challenge}:`))
  for (let answer = 0; ; answer++) {
    if (answer % triesInARow === 0) await new Promise((go) => setTimeout(go))
    const hash = begun
      .clone()
      .update(encoder.encode(String(answer)))
      .digest()
    if (zeroBits(hash) >= bits) return { challenge, answer }
  }
}
