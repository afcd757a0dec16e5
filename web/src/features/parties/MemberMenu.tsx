import { Menu, MenuButton, MenuItem, MenuItems } from '@headlessui/react'
import type { AccountError } from '@questlog/shared/client/rest/account'
import type { Result } from '@questlog/shared/domain/kernel/result'
import { useState } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useRole, useSession } from '../../session/session-context.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { showToast } from '../../ui/toasts.ts'
import { partyFailureFrom } from './party-failure.ts'

interface MemberMenuProps {
  readonly workspaceId: string
  readonly member: { readonly userId: string; readonly displayName: string }
  readonly onChanged: () => Promise<void>
}

/** What can be done with a member besides giving them another role; each asks first. */
export function MemberMenu({ workspaceId, member, onChanged }: MemberMenuProps) {
  const t = useTranslate()
  const session = useSession()
  const { parties } = session.rest
  const isOwner = useRole() === 'owner'
  const [asking, setAsking] = useState<'remove' | 'transfer' | null>(null)
  const name = member.displayName
  const act = async (done: MessageKey, request: Promise<Result<null, AccountError>>) => {
    setAsking(null)
    const answer = await request
    if (!answer.ok) showToast({ tone: 'error', message: partyFailureFrom(answer.error) })
    else showToast({ tone: 'info', message: done, values: { name } })
    await Promise.all([onChanged(), session.refreshWorkspaces()])
  }
  const item = 'block w-full rounded px-3 py-2 text-start pointer-coarse:py-3 data-focus:bg-hover'
  return (
    <>
      <Menu>
        <MenuButton className="button button-quiet px-3 text-soft" aria-label={t('members.menu', { name })}>
          {t('members.more')}
        </MenuButton>
        <MenuItems
          anchor="bottom end"
          className="z-50 w-60 rounded-md border border-line bg-raised p-1 shadow-lg outline-none [--anchor-gap:4px]"
        >
          {isOwner ? (
            <MenuItem>
              <button type="button" className={item} onClick={() => setAsking('transfer')}>
                {t('members.transfer')}
              </button>
            </MenuItem>
          ) : null}
          <MenuItem>
            <button type="button" className={`${item} text-danger`} onClick={() => setAsking('remove')}>
              {t('members.remove')}
            </button>
          </MenuItem>
        </MenuItems>
      </Menu>
      {asking === 'remove' ? (
        <ConfirmDialog
          title={t('members.remove')}
          question={t('members.removeQuestion', { name })}
          onConfirm={() => void act('members.removed', parties.remove(workspaceId, member.userId))}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking === 'transfer' ? (
        <ConfirmDialog
          title={t('members.transfer')}
          question={t('members.transferQuestion', { name })}
          onConfirm={() => void act('members.transferred', parties.transferOwnership(workspaceId, member.userId))}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  )
}
