import { useMemo } from 'react'
import { encode } from 'uqr'

interface QrCodeProps {
  readonly label: string
  readonly text: string
}

/** A QR code drawn on this device; always dark on light with its quiet zone, as scanners need it. */
export function QrCode({ label, text }: QrCodeProps) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 4 })
    const dark = code.data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    return { size: code.size, path: dark.join('') }
  }, [text])
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-52 max-w-full rounded border border-line bg-white"
    >
      <path d={path} fill="black" />
    </svg>
  )
}
