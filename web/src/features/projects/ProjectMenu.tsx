import { Menu, MenuButton, MenuItem, MenuItems } from '@headlessui/react'
import type { Project } from '@questlog/shared/domain/groups/group-fields'
import { useState } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useWorkspace } from '../../session/workspace-context.ts'
import { NameDialog } from '../../ui/NameDialog.tsx'

interface ProjectMenuProps {
  readonly project: Project
  readonly onTrash: () => void
}

/** What can be done with a project as a whole. */
export function ProjectMenu({ project, onTrash }: ProjectMenuProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const readOnly = useIsReadOnly()
  const [isRenaming, setIsRenaming] = useState(false)
  const edit = (fields: { name: string } | { archivedAt: number | null }) =>
    perform(workspace, { kind: 'editProject', id: project.id, fields })
  const isArchived = project.archivedAt !== null
  const archive = () => {
    if (!edit({ archivedAt: isArchived ? null : Date.now() })) return
    offerUndo(workspace, isArchived ? 'did.unarchived' : 'did.archived', { name: project.name })
  }
  const item = 'block w-full rounded px-3 py-2 text-start pointer-coarse:py-3 data-focus:bg-hover'
  return (
    <>
      <Menu>
        <MenuButton
          className="button button-quiet text-soft"
          aria-label={t('project.menu', { name: project.name })}
          disabled={readOnly}
        >
          {t('project.edit')}
        </MenuButton>
        <MenuItems
          anchor="bottom end"
          className="z-50 w-52 rounded-md border border-line bg-raised p-1 shadow-lg outline-none [--anchor-gap:4px]"
        >
          <MenuItem>
            <button type="button" className={item} onClick={() => setIsRenaming(true)}>
              {t('project.rename')}
            </button>
          </MenuItem>
          <MenuItem>
            <button type="button" className={item} onClick={archive}>
              {t(isArchived ? 'project.unarchive' : 'project.archive')}
            </button>
          </MenuItem>
          <MenuItem>
            <button type="button" className={`${item} text-danger`} onClick={onTrash}>
              {t('project.trash')}
            </button>
          </MenuItem>
        </MenuItems>
      </Menu>
      {isRenaming ? (
        <NameDialog
          title={t('project.rename')}
          initial={project.name}
          submitLabel={t('save')}
          onClose={() => setIsRenaming(false)}
          onSubmit={(name) => edit({ name })}
        />
      ) : null}
    </>
  )
}
