// Who must have a second factor. Pure.
import { isStaffClass } from '#shared/kit/actor.ts'

/** `staff`: whoever has one of the DETRAN-RS's classes. */
export const SECOND_FACTOR_RULES = ['off', 'staff', 'all'] as const
export type SecondFactorRule = (typeof SECOND_FACTOR_RULES)[number]

/** Was more than the password shown? `methods`: RFC 8176 names. */
const hasShownFactor = (methods: readonly string[]) => methods.some((one) => one !== 'pwd')

/** A session by password alone does not do for who has got a class since that demands more. */
export function isEnough(
  rule: SecondFactorRule,
  session: { readonly methods: readonly string[]; readonly classes: readonly number[] },
): boolean {
  return hasShownFactor(session.methods) || !mustHaveFactor(rule, session.classes)
}

export function mustHaveFactor(rule: SecondFactorRule, classes: readonly number[]): boolean {
  return rule === 'all' || (rule === 'staff' && classes.some(isStaffClass))
}
