import type { Quest } from '@questlog/shared/domain/quest/quest'
import { PRIORITIES } from '@questlog/shared/domain/quest/quest-fields'
import { useTranslate } from '../../i18n/translate.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { SelectField } from '../../ui/SelectField.tsx'
import { AssigneesField } from '../assignees/AssigneesField.tsx'
import { ProjectField } from './ProjectField.tsx'
import { TagsField } from './TagsField.tsx'
import { useQuestEdit } from './use-quest-edit.ts'
import { WhenField } from './WhenField.tsx'

/** The facts that most quests have, each a labelled control. */
export function QuestFields({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const isParty = useWorkspace().ref.kind === 'party'
  const edit = useQuestEdit(quest.id)
  return (
    <div className="mt-4 grid grid-cols-1 gap-3">
      <div className="grid grid-cols-2 gap-3">
        <ProjectField quest={quest} />
        <SelectField
          label={t('field.priority')}
          value={quest.priority}
          options={PRIORITIES}
          name={(priority) => t(`priority.${priority}`)}
          onChange={(priority) => edit({ priority })}
        />
      </div>
      <WhenField label={t('field.due')} value={quest.due} onChange={(due) => edit({ due })} />
      <TagsField quest={quest} />
      {isParty || quest.assignees.size > 0 ? <AssigneesField quest={quest} /> : null}
    </div>
  )
}
