// What a problem's sentence may be told: the `with` of a Problem.

/** Facts by name; what is absent is undefined. */
export type Facts = Readonly<Record<string, string | number | undefined>>
