// Texts of the room `soe`, first language: its shape is what English must satisfy.
export const soe = {}
