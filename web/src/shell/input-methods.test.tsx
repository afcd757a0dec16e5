import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../testing/open-app.tsx'
import { addQuests, editor, main, quest, quickAdd, titles } from '../testing/screen.ts'

const inHand = () => document.activeElement ?? document.body
const textIn = (field: HTMLElement) =>
  field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field.value : null

/** Presses a key that an input method takes while it composes a text, as Chromium and Firefox tell of it. */
function pressWhileComposing(key: 'Enter' | 'Escape'): void {
  fireEvent.keyDown(inHand(), { key, code: key, keyCode: 229, isComposing: true })
  fireEvent.keyUp(inHand(), { key, code: key, isComposing: true })
}

/** The Enter that ends a composition as Safari tells of it: after the end, and known by its key code alone. */
function endComposition(): void {
  fireEvent.keyDown(inHand(), { key: 'Enter', code: 'Enter', keyCode: 229 })
}

test('while an input method composes, Enter and Escape are its own in every field', async () => {
  const { user } = await openApp()
  await user.click(quickAdd())
  await user.paste('Meeting')
  for (const key of ['Escape', 'Enter'] as const) {
    pressWhileComposing(key)
    expect([inHand(), textIn(quickAdd())]).toEqual([quickAdd(), 'Meeting'])
  }
  endComposition()
  expect(titles()).toEqual([])
  await user.keyboard('{Enter}')
  await user.click(await main().findByRole('link', { name: 'Meeting' }))

  const details = await editor()
  const step = details.getByLabelText('Add a step')
  await user.click(step)
  await user.paste('Room')
  endComposition()
  expect(textIn(step)).toBe('Room')
  const tag = details.getByLabelText('Tags')
  await user.click(tag)
  await waitFor(() => expect(details.getAllByRole('textbox', { name: 'Step' })).toHaveLength(1))
  await user.paste('deep')
  endComposition()
  expect(textIn(tag)).toBe('deep')
  await user.keyboard('{Enter}')
  await details.findByText('@deep')
  await user.paste('shin')
  pressWhileComposing('Escape')
  expect([inHand(), textIn(tag)]).toEqual([tag, 'shin'])
})

test('while an input method composes, the palette is neither picked from nor closed', async () => {
  const { user } = await openApp()
  await addQuests(user, 'Meeting')
  quest('Meeting').focus()
  await user.keyboard('{Control>}k{/Control}')
  const field = await screen.findByRole('combobox', { name: 'Actions and quests' })
  await user.click(field)
  await user.paste('Go to Today')
  await screen.findByRole('option', { name: /^Go to Today/ })
  endComposition()
  pressWhileComposing('Escape')
  pressWhileComposing('Enter')
  expect(screen.getByRole('dialog').contains(inHand())).toBe(true)
  expect(location.pathname).toBe('/')
  await user.keyboard('{Enter}')
  await screen.findByRole('heading', { level: 1, name: 'Today' })
})

test('while an input method composes, no tag is made of what is typed', async () => {
  const { user } = await openApp()
  await addQuests(user, 'Meeting')
  quest('Meeting').focus()
  await user.keyboard('t')
  await user.click(within(await screen.findByRole('dialog')).getByRole('combobox'))
  await user.paste('deep')
  await screen.findByRole('option', { name: 'New tag @deep' })
  endComposition()
  pressWhileComposing('Escape')
  screen.getByRole('option', { name: 'New tag @deep' })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(main().queryByText('@deep')).toBeNull()
})

test('on a Russian keyboard the keys are where they are on a Latin one', async () => {
  const { user: latin } = await openApp()
  await addQuests(latin, 'Чай', 'Хлеб')
  const printed = { с: 'KeyC', я: 'KeyZ', й: 'KeyQ', л: 'KeyK', п: 'KeyG', е: 'KeyT' }
  const user = latin.setup({ keyboardMap: Object.entries(printed).map(([key, code]) => ({ key, code })) })
  quest('Чай').focus()
  await user.keyboard('с')
  await waitFor(() => expect(titles()).toEqual(['Хлеб']))
  expect(main().queryAllByRole('checkbox', { checked: true })).toEqual([])
  await user.keyboard('{Control>}я{/Control}')
  await waitFor(() => expect(titles()).toEqual(['Чай', 'Хлеб']))
  await user.keyboard('й')
  await waitFor(() => expect(inHand()).toBe(quickAdd()))
  expect(textIn(quickAdd())).toBe('')
  await user.keyboard('{Escape}')
  await user.keyboard('{Control>}л{/Control}')
  await screen.findByRole('combobox', { name: 'Actions and quests' })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  quest('Хлеб').focus()
  await user.keyboard('пе')
  await screen.findByRole('heading', { level: 1, name: 'Today' })
})
