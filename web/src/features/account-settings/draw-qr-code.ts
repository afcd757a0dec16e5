import { encode } from 'uqr'

/** A QR code with its quiet zone as an SVG path of the dark squares, and how many squares it is wide and high. */
export function drawQrCode(text: string): { readonly size: number; readonly path: string } {
  const code = encode(text, { ecc: 'M', border: 4 })
  const dark = code.data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size: code.size, path: dark.join('') }
}
