// Texts of the room `desk`, first language: its shape is what English must satisfy.
export const desk = {}
