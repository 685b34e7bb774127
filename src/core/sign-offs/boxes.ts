/** The box of an item in a page's task list: which item, whether it is ticked, and the words behind it. */
export type Box = Readonly<{ id: string; ticked: boolean; words: string }>

/** One line of the task list; `words` are Markdown in one line. */
export const boxLine = ({ id, ticked, words }: Box): string =>
  `- [${ticked ? 'x' : ' '}] ${words} <!-- item ${encodeURIComponent(id).replaceAll('-', '%2D')} -->`

const BOX = /^[-*] \[([ xX])\] (.*) <!-- item ([\w.%~!*'()]+) -->$/

/** Every box that is ours, in its order. */
export const boxesIn = (body: string): readonly Box[] =>
  body.split(/\r\n|\n|\r/).flatMap(line => {
    const [, box, words = '', id = ''] = BOX.exec(line) ?? []
    return box === undefined ? [] : [{ id: idOf(id), ticked: box !== ' ', words }]
  })

/**
 * The items that one edit has ticked. Each counts only where its line, before and after, is what `shown` says: somebody
 * may have changed the text in front of whoever ticked it.
 */
export function tickedBy(
  before: string,
  after: string,
  shown: readonly Box[]
): readonly Readonly<{ id: string; asShown: boolean }>[] {
  const was = boxesIn(before)
  return boxesIn(after).flatMap(({ id, ticked, words }) => {
    const earlier = was.find(box => box.id === id)
    if (!ticked || earlier?.ticked !== false) return []
    const truth = shown.find(box => box.id === id)
    return [{ id, asShown: truth !== undefined && truth.words === words && earlier.words === words }]
  })
}

/** Items whose box is ticked although nothing of that is known. */
export const strayTicks = (body: string, shown: readonly Box[]): readonly string[] =>
  boxesIn(body).flatMap(({ id, ticked }) => (ticked && shown.some(box => box.id === id && !box.ticked) ? [id] : []))

function idOf(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
