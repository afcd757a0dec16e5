import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openApp } from '../../testing/open-app.tsx'
import { openAppOnServer, signUp, untilStatus } from '../../testing/open-app-on-server.tsx'
import { signInElsewhere } from '../../testing/person-elsewhere.ts'
import { addQuests, quest } from '../../testing/screen.ts'

const editor = () => within(screen.getAllByLabelText('Quest details')[0] ?? document.body)
const due = () => editor().getByLabelText<HTMLInputElement>('Due: date')

async function openEditor(user: UserEvent, title: string): Promise<void> {
  await user.click(quest(title))
  await screen.findByLabelText('Due: date')
}

async function closeEditor(user: UserEvent): Promise<void> {
  await user.click(editor().getByRole('button', { name: /^Close/ }))
  await waitFor(() => expect(screen.queryByLabelText('Quest details')).toBeNull())
}

/** Types a date as its field takes it: nothing is said of a part of one. */
function type(field: HTMLElement, value: string): void {
  field.focus()
  fireEvent.change(field, { target: { value } })
}

test('an open editor shows what another device sets, and brings nothing old back when it is closed', async () => {
  const app = await openAppOnServer()
  const { user } = app
  await addQuests(user, 'Pay rent')
  const { ask } = await signInElsewhere(await signUp(app))
  const path = `/quests/${app.session.state.getState().workspace?.projection.list({ kind: 'inbox' })[0]}`
  const untilElsewhere = (d: string | null) =>
    waitFor(async () => expect(await ask('GET', path)).toMatchObject({ due: d && { d } }))
  await openEditor(user, 'Pay rent')
  type(due(), '2030-05-08')
  await untilElsewhere('2030-05-08')
  await ask('PATCH', path, { due: { d: '2030-05-09' } })
  await waitFor(() => expect(due().value).toBe('2030-05-09'))
  await closeEditor(user)
  await openEditor(user, 'Pay rent')
  expect(due().value).toBe('2030-05-09')

  type(due(), '2030-05-10')
  await untilElsewhere('2030-05-10')
  await ask('PATCH', path, { due: null })
  await waitFor(() => expect(due().value).toBe(''))
  await closeEditor(user)
  await untilStatus('Saved')
  await untilElsewhere(null)

  await ask('PATCH', path, { due: { d: '2030-05-11' } })
  await openEditor(user, 'Pay rent')
  await waitFor(() => expect(due().value).toBe('2030-05-11'))
  await user.click(editor().getByRole('button', { name: 'Clear Due' }))
  await waitFor(() => expect(due().value).toBe(''))
  await untilElsewhere(null)
})

test('a date that is emptied by hand is cleared when the field is left', async () => {
  const { user } = await openApp()
  await addQuests(user, 'Pay rent')
  await openEditor(user, 'Pay rent')
  type(due(), '2030-05-08')
  type(await screen.findByLabelText('Due: time'), '10:30')
  type(due(), '')
  await closeEditor(user)
  await openEditor(user, 'Pay rent')
  expect(due().value).toBe('')
})

test('Escape takes back a step that is being typed', async () => {
  const { user } = await openApp()
  await addQuests(user, 'Pack')
  await openEditor(user, 'Pack')
  await user.type(editor().getByRole('textbox', { name: 'Add a step' }), 'Not this{Escape}{Escape}')
  await closeEditor(user)
  await openEditor(user, 'Pack')
  expect(editor().queryAllByRole('listitem')).toEqual([])
})
