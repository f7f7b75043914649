// Keys of answers: UUIDv7, minted here once per answer, rising even within one millisecond.

let last = 0;
let turn = 0;

/** @returns {string} */
export function newKey() {
  const now = Date.now();
  turn = now > last ? 0 : turn + 1;
  last = Math.max(now, last);
  if (turn > 0xfff) { last += 1; turn = 0; }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(last / 2 ** 32));
  view.setUint32(2, last % 2 ** 32);
  view.setUint16(6, 0x7000 | turn);
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
