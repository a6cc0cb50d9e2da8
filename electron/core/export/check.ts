/** One thing that was looked at: what it is in words for a report, and what is wrong where it is. */
export interface Check { isRight: boolean, /** Null where another check says it too. */ checked: string | null, wrong: string }
