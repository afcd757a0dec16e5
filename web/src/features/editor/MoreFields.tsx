import type { Energy, Quest } from '@questlog/shared/domain/quest/quest'
import { DIFFICULTIES, ENERGIES, STATUSES } from '@questlog/shared/domain/quest/quest-fields'
import { useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { SelectField } from '../../ui/SelectField.tsx'
import { EstimateField } from './EstimateField.tsx'
import { useQuestEdit } from './use-quest-edit.ts'
import { WhenField } from './WhenField.tsx'

const energies: readonly (Energy | 'none')[] = ['none', ...ENERGIES]
const dates = ['scheduled', 'start', 'deadline'] as const

/** The facts that few quests have, folded until one of them says something. */
export function MoreFields({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const edit = useQuestEdit(quest.id)
  const [isOpenAtFirst] = useState(() => hasRareFacts(quest))
  return (
    <details open={isOpenAtFirst} className="mt-6">
      <summary className="w-fit rounded py-1 pe-2 font-semibold pointer-coarse:py-2.5">{t('editor.more')}</summary>
      <div className="mt-2 grid grid-cols-1 gap-3">
        <div className="grid grid-cols-2 gap-3">
          <SelectField
            label={t('field.status')}
            value={quest.status}
            options={STATUSES}
            name={(status) => t(`status.${status}`)}
            onChange={(status) => edit({ status })}
          />
          <SelectField
            label={t('field.difficulty')}
            value={quest.difficulty}
            options={DIFFICULTIES}
            name={(difficulty) => t(`difficulty.${difficulty}`)}
            onChange={(difficulty) => edit({ difficulty })}
          />
          <SelectField
            label={t('field.energy')}
            value={quest.energy ?? 'none'}
            options={energies}
            name={(energy) => t(`energy.${energy}`)}
            onChange={(energy) => edit({ energy: energy === 'none' ? null : energy })}
          />
          <EstimateField value={quest.estimateMin} onChange={(estimateMin) => edit({ estimateMin })} />
        </div>
        {dates.map((field) => (
          <WhenField
            key={field}
            label={t(`field.${field}`)}
            value={quest[field]}
            onChange={(value) => edit({ [field]: value })}
          />
        ))}
      </div>
    </details>
  )
}

function hasRareFacts(quest: Quest): boolean {
  const isPlain = quest.status === 'open' && quest.difficulty === 'medium' && quest.energy === null
  return !isPlain || quest.estimateMin !== null || dates.some((field) => quest[field] !== null)
}
