// What the scripts check: each check prints a line, and the first that does not hold ends the script with 1.

export function check(what, holds, found) {
  if (!holds) {
    console.log(`✗ ${what}: ${JSON.stringify(found)}`);
    process.exit(1);
  }
  console.log(`✓ ${what}`);
}

/** Collects what an iterator yields; `most` ends it after as many. */
export async function collected(iterator, most = Infinity) {
  const found = [];
  for await (const item of iterator) {
    found.push(item);
    if (found.length >= most) break;
  }
  return found;
}

/** What a promise fails with; nothing where it does not fail. */
export async function failure(promise) {
  try {
    await promise;
    return null;
  } catch (error) {
    return error;
  }
}
