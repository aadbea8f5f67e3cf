// A key that nobody else has, for Idempotency-Key. `crypto.randomUUID` would do, but browsers have
// it only where pages come with TLS.
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
