/** How large an item is set: short ones large, long ones smaller. @param {string | undefined} text */
export function lengthOf(text) {
  const size = text?.length ?? 0;
  return size > 400 ? "long" : size > 130 ? "medium" : "short";
}
