/** A reporter: ends a run with the tests that passed only when tried once more, and the first failure of each, whole. */
export const listRetriedTests = {
  onTestRunEnd(modules) {
    const retried = modules
      .flatMap((module) => [...module.children.allTests('passed')])
      .filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0)
    if (retried.length === 0) return
    console.log(`\nTried once more (${retried.length}); one that is listed twice is mended before anything else:`)
    for (const test of retried) {
      const [first] = test.result().errors ?? []
      console.log(`\n  ${test.module.relativeModuleId} > ${test.fullName}`)
      console.log(indented(first?.stack ?? first?.message ?? 'The first try gave no reason.'))
      if (first?.diff) console.log(indented(first.diff))
    }
  },
}

function indented(text) {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
