import { z } from 'zod'

/** A mail to one person, as plain text. */
export const mailSchema = z.strictObject({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
})

export type Mail = z.infer<typeof mailSchema>
