const WHOLE =
  /^(?:x{3,}|\*{3,}|\.{3,}|to-?do|tbd|fix-?me|example|sample|dummy|placeholder|undefined|null|insert[-_ ].+|replace[-_ ].+|example[-_ ].+)$/i
// Safe to look for anywhere between delimiters: nobody's real password or host looks like these.
const PART =
  /^(?:change[-_ ]?(?:me|this|it)|your[-_ ].+|your(?:api|app|company|domain|host|key|name|org|password|secret|token|user).*|<.+>|\{\{.+\}\}|replace[-_ ]?(?:me|this))$/i
const DELIMITERS = /[\s:/@=?&;,'"]+/

/** What somebody left in a template: `changeme`, `your-token`, `<password>`, `xxx`, also as the password of an address. */
export function isPlaceholder(value: string): boolean {
  const whole = value.trim().replace(/^(["'])(.*)\1$/s, '$2')
  return WHOLE.test(whole) || PART.test(whole) || whole.split(DELIMITERS).some(part => PART.test(part))
}
