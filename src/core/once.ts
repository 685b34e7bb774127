/** What is made when it is first asked for, and is the same for everybody after that; `asked` says whether it was. */
export type Once<T> = (() => Promise<T>) & Readonly<{ asked(): boolean }>

export function once<T>(make: () => Promise<T>): Once<T> {
  let made: Promise<T> | undefined
  const get = () => {
    made ??= make()
    return made
  }
  return Object.assign(get, { asked: () => made !== undefined })
}
