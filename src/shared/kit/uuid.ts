// Is a text an id as PostgreSQL and our pages write it? Anything else names nothing and must not reach a statement.

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isUuid = (text: unknown): text is string => typeof text === 'string' && UUID.test(text)
