import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../testing/open-app.tsx'
import { goTo, main, quest, quickAdd, titles } from '../testing/screen.ts'

test('the focus stays where the work goes on', async () => {
  const { user } = await openApp()
  for (const title of ['One', 'Two']) {
    await user.type(quickAdd(), title)
    await user.click(main().getByRole('button', { name: 'Add' }))
    await waitFor(() => quest(title))
  }
  expect(document.activeElement).toBe(quickAdd())
  for (const left of [['Two'], []]) {
    quest(left.length === 1 ? 'One' : 'Two').focus()
    await user.keyboard('{Delete}')
    await waitFor(() => expect(titles()).toEqual(left))
  }
  await goTo(user, 'Trash')
  await user.click(main().getByRole('button', { name: 'Restore Two' }))
  await waitFor(() => expect(document.activeElement?.textContent).toBe('One'))
  await user.click(main().getByRole('button', { name: 'Restore One' }))
  await waitFor(() => expect(document.activeElement).toBe(document.getElementById('main')))
})
