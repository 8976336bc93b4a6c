// Texts of the room `shared`, first language: its shape is what English must satisfy.
export const shared = {}
