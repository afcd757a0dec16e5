import { useMemo } from 'react'
import { drawQrCode } from './draw-qr-code.ts'

interface QrCodeProps {
  readonly label: string
  readonly text: string
}

/** A QR code drawn on this device; always dark on light with its quiet zone, as scanners need it. */
export function QrCode({ label, text }: QrCodeProps) {
  const { size, path } = useMemo(() => drawQrCode(text), [text])
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
