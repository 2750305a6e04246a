"use strict";
// The live line of all tabs together. A browser opens only six connections to a server: with a stream for each tab no
// button would reach it any more. So one tab that can be seen reads the stream and tells the others, hidden ones only
// listen, and who hears nothing asks for itself.
(function (k) {
  const { useState, useEffect } = k;
  const POLL_MS = 2000;
  /** A tab that nobody sees asks so rarely. */
  const HIDDEN_POLL_MS = 10000;
  /** So long without a message means that none comes through. */
  const SILENCE_MS = 3000;
  /** So long a tab waits for another one that reads the stream already. */
  const HELLO_MS = 300;

  /**
   * @param take gets each message
   * @param lost called when the server does not answer
   * @returns a function that ends it
   */
  function listen(take, lost) {
    const id = Math.random();
    // Other servers may be behind the same host and port, below other paths.
    const others = self.BroadcastChannel ? new BroadcastChannel("katydid " + location.pathname) : null;
    let source = null;
    let last = null;
    let heardAt = -Infinity;

    const tell = (word) => others && others.postMessage({ id, ...word });
    function pollOnce() {
      k.get("api/live").then((message) => {
        take(message);
        tell({ message });
      }, lost);
    }
    function stream() {
      if (source || document.hidden || !self.EventSource) return;
      source = new EventSource("api/events");
      source.onmessage = (event) => {
        heardAt = performance.now();
        last = JSON.parse(event.data);
        take(last);
        tell({ message: last, streams: true });
      };
      source.onerror = pollOnce;
    }
    function leave() {
      if (source) source.close();
      source = null;
    }
    /** Streams unless another tab does. */
    function streamUnlessAnother() {
      const askedAt = performance.now();
      tell({ hello: true });
      setTimeout(() => heardAt < askedAt && stream(), others ? HELLO_MS * (1 + Math.random()) : 0);
    }
    if (others)
      others.onmessage = ({ data }) => {
        if (data.message) {
          heardAt = performance.now();
          take(data.message);
          // Two have begun at once: one is enough.
          if (data.streams && data.id < id) leave();
        } else if (data.hello && source && last) {
          tell({ message: last, streams: true });
        } else if (data.bye && !document.hidden) {
          streamUnlessAnother();
        }
      };
    function seen() {
      if (!document.hidden) {
        pollOnce();
        streamUnlessAnother();
      } else if (source) {
        leave();
        tell({ bye: true });
      }
    }
    document.addEventListener("visibilitychange", seen);
    // An event comes every second. A proxy that keeps them back tells nobody: only that none has come says so.
    const poll = setInterval(() => {
      if (performance.now() - heardAt < (document.hidden ? HIDDEN_POLL_MS : SILENCE_MS)) return;
      stream();
      pollOnce();
      if (document.hidden) heardAt = performance.now();
    }, POLL_MS);
    pollOnce();
    streamUnlessAnother();
    return () => {
      leave();
      tell({ bye: true });
      if (others) others.close();
      clearInterval(poll);
      document.removeEventListener("visibilitychange", seen);
    };
  }

  /**
   * The last message, and since when the server has not answered. A server that has been started anew knows nothing of
   * this page's test: then the page begins anew too.
   */
  k.useLive = function () {
    const [live, setLive] = useState(null);
    const [lostAt, setLostAt] = useState(null);
    useEffect(() => {
      let begun = null;
      const take = (message) => {
        if (begun !== null && begun !== message.begun) location.reload();
        begun = message.begun;
        setLive(message);
        setLostAt(null);
      };
      return listen(take, () => setLostAt((before) => before || Date.now() / 1000));
    }, []);
    return [live, lostAt];
  };
})(self.katydid);
