/** What a bench promises: a ceiling, a ceiling of the ratio to the alternative, both, or nothing. */
export interface Budget {
  readonly atMost?: number
  readonly ratioAtMost?: number
}

export interface Measurement {
  readonly bench: string
  readonly value: number
  readonly unit: string
  /** The alternative, by name. */
  readonly alternative: string
  readonly alternativeValue: number
  readonly budget: Budget
  /** Anything else worth a look; printed after the rest. */
  readonly details?: Readonly<Record<string, number | string | boolean>>
}

/** Prints a measurement as one line of JSON, with its ratio to the alternative and whether the budget is met. */
export function report(measurement: Measurement): void {
  const { value, alternativeValue, budget, details = {}, ...names } = measurement
  const ratio = value / alternativeValue
  const met =
    value <= (budget.atMost ?? Number.POSITIVE_INFINITY) && ratio <= (budget.ratioAtMost ?? Number.POSITIVE_INFINITY)
  const line = {
    bench: names.bench,
    value: rounded(value),
    unit: names.unit,
    alternative: names.alternative,
    alternativeValue: rounded(alternativeValue),
    ratio: rounded(ratio),
    budget,
    met,
    ...Object.fromEntries(
      Object.entries(details).map(([name, detail]) => [name, isFraction(detail) ? rounded(detail) : detail]),
    ),
  }
  console.log(JSON.stringify(line))
}

function isFraction(detail: number | string | boolean): detail is number {
  return typeof detail === 'number' && !Number.isInteger(detail)
}

/** Three significant digits: more would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
