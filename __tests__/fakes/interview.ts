import type { Interview } from '../../src/core/ports.js'

type Question = Parameters<Interview['ask']>[0]
type Answer = Awaited<ReturnType<Interview['ask']>>

/** Somebody who answers by item, or to everything; records what was asked. */
export interface FakeInterview extends Interview {
  readonly asked: readonly Omit<Question, 'signal'>[]
}

/** An answer of somebody whom the system vouches for, unless `more` says otherwise. */
export const says = (agrees: boolean, more: Partial<NonNullable<Answer>> = {}): NonNullable<Answer> => ({
  who: 'alice',
  words: agrees ? 'seen' : 'not yet',
  agrees,
  claimed: false,
  ...more
})

/** `answers` by item id; what is not in it gets `otherwise`, by default nobody who could be asked. */
export function fakeInterview(answers: Readonly<Record<string, Answer>> = {}, otherwise?: Answer): FakeInterview {
  const asked: Omit<Question, 'signal'>[] = []
  return {
    asked,
    ask: async ({ signal, ...question }) => {
      asked.push(question)
      if (signal.aborted) return undefined
      return Object.hasOwn(answers, question.item) ? answers[question.item] : otherwise
    }
  }
}
