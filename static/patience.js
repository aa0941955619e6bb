// A request that nobody answers is given up after a while. What browsers of 2017 and 2018 do otherwise is said to them here:
// the oldest cannot take a request back and only wait no longer, and all of them send no cookies unless asked to.

// What `read` makes of the answer; null where none has come, or none that can be read.
export async function answered(read, time, address, options = {}) {
  const patience = window.AbortController ? new AbortController() : { abort() {} };
  let timer = null;
  const silence = new Promise((_, fail) => {
    timer = setTimeout(() => {
      fail(new Error("no answer"));
      patience.abort();
    }, time);
  });
  try {
    const asked = fetch(address, { ...options, credentials: "same-origin", signal: patience.signal });
    return await Promise.race([asked.then(read), silence]);
  } catch (_none) {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
