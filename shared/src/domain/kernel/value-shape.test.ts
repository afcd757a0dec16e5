import { expect, test } from 'vitest'
import {
  isArrayOf,
  isCount,
  isEither,
  isInteger,
  isMissingOr,
  isNullOr,
  isNumber,
  isOneOf,
  isPairOf,
  isRecordOf,
  isShape,
  isString,
} from './value-shape.ts'

const wrongNumbers = [Number.NaN, Number.POSITIVE_INFINITY, '1', 1n, null, undefined, [], {}]

test('numbers are finite, integers exact, counts not negative', () => {
  for (const wrong of wrongNumbers)
    expect([isNumber(wrong), isInteger(wrong), isCount(wrong)]).toEqual([false, false, false])
  expect([isNumber(0.5), isInteger(0.5), isInteger(2 ** 53), isInteger(-1), isCount(-1), isCount(0)]).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
  ])
})

test('only the given strings are one of them', () => {
  const isKind = isOneOf(['idle', 'joined'])
  expect(['idle', 'joined', 'toString', '', 0, null].map(isKind)).toEqual([true, true, false, false, false, false])
})

test('null and missing are two things', () => {
  expect([null, undefined, 1].map(isNullOr(isString))).toEqual([true, false, false])
  expect([null, undefined, 1].map(isMissingOr(isString))).toEqual([false, true, false])
})

test('every element of an array and both of a pair are checked', () => {
  expect([[], ['a'], ['a', 1], 'a', { length: 0 }].map(isArrayOf(isString))).toEqual([true, true, false, false, false])
  expect([[1, 2], [1], [1, 2, 3], [1, 'a']].map(isPairOf(isCount))).toEqual([true, false, false, false])
})

test('every field is checked and further ones are passed over', () => {
  const isPerson = isShape({ id: isString, age: isMissingOr(isCount) })
  expect(
    [{ id: 'a' }, { id: 'a', age: 1, more: true }, {}, { id: 'a', age: -1 }, { id: 1 }, null, [], 'a'].map(isPerson),
  ).toEqual([true, true, false, false, false, false, false, false])
})

test('every value of a record is checked', () => {
  expect([{}, { a: 'b' }, { a: 1 }, [], null].map(isRecordOf(isString))).toEqual([true, true, false, false, false])
})

test('one of two suffices', () => {
  expect(['a', 1, null].map(isEither(isString, isCount))).toEqual([true, true, false])
})
