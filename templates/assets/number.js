// The clinic's number, as the browser knows it.

// The kinds of clinic: what may stand before a number, with what it begins, how many digits follow.
export const kKinds = {
  judo: { before: '(?:柔整?)?', agreements: '協契', digits: 7 },
  ahaki: { before: '', agreements: '', digits: 8 },
};
