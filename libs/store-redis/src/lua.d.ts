/** A Lua file as text. */
declare module '*.lua?raw' {
  const text: string;
  export default text;
}
