/**
 * Loaded into a server ahead of its own code: the server's date is ahead of the machine's by as many milliseconds as it
 * was told last. Time that only goes on is left alone, as where a machine's clock is set.
 */
let aheadMs = 0

globalThis.Date = new Proxy(Date, {
  construct(target, given, self) {
    return Reflect.construct(target, given.length === 0 ? [target.now() + aheadMs] : given, self)
  },
  get(target, name) {
    return name === 'now' ? () => target.now() + aheadMs : Reflect.get(target, name)
  },
})

process.on('message', (message) => {
  aheadMs = Number(message)
})
process.channel?.unref()
