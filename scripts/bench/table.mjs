/** Rows of the bench as text: what was measured, both medians, what came out of them, the goal and whether it holds. */
export function table(rows) {
  const cells = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...cells.map(row => row[column].length)))
  return cells
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}

const HEAD = ['what', 'the other', 'ours', 'result', 'goal', 'holds']

function cellsOf({ what, other, ours, ratio, said, goal = '', holds, note }) {
  const result = said ?? (ratio === undefined ? '' : `× ${ratio.toFixed(2)}`)
  const verdict = holds === undefined ? '' : holds ? 'yes' : 'NO'
  return [what, timeOf(other), timeOf(ours), result, goal, [verdict, note].filter(Boolean).join('; ')]
}

function timeOf(taken) {
  if (taken === undefined) return ''
  const seconds = ms => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`)
  return taken.cpu === undefined ? seconds(taken.wall) : `${seconds(taken.wall)} (CPU ${seconds(taken.cpu)})`
}
