// Who must have a second factor. Pure.

/** `staff`: whoever has one of the DETRAN-RS's classes. */
export const SECOND_FACTOR_RULES = ['off', 'staff', 'all'] as const
export type SecondFactorRule = (typeof SECOND_FACTOR_RULES)[number]

const isStaffClass = (number: number) => number >= 900 && number <= 999

export function mustHaveFactor(rule: SecondFactorRule, classes: readonly number[]): boolean {
  return rule === 'all' || (rule === 'staff' && classes.some(isStaffClass))
}
