// Which part of the page asks for which kind of task. A new kind is one file here and one line.
import { many } from "./many.js";
import { single } from "./single.js";

/**
 * @typedef {object} Context
 * @property {import("../types").Query} query
 * @property {string | null} given the label that an old answer has, when one is on the desk
 * @property {string | null} hit the label just given, glowing in its place
 * @property {(label: string) => void} answer
 * @property {(sentence: string) => void} say
 */
/**
 * @typedef {object} TaskView
 * @property {string} name as in the stage's `data-task`
 * @property {(props: { context: Context }) => unknown} View
 * @property {(name: string, event: KeyboardEvent, context: Context) => boolean} handle a key; true when it is used
 * @property {(name: string) => boolean} answers whether the key would answer, so that it can be too early
 */

const BUTTONS = 10; // from eleven labels on the finder takes over

/** @param {import("../types").Task} task @returns {TaskView} */
export const viewOf = (task) => (task.labels.length > BUTTONS ? many(task) : single(task));
