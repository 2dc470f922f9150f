// A page that was opened from a folder may start no workers: those of the search run in a frame of the page.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      const inner = frame.contentWindow;
      inner.postMessage = data => this.dispatchEvent(new MessageEvent("message", {data}));
      inner.importScripts = (...urls) => Promise.all(urls.map(one => this.load(inner, one)));
      this.inner = this.load(inner, url).then(() => inner);
    }

    load(inner, url) {
      return new Promise(done => {
        const script = inner.document.createElement("script");
        script.src = url;
        script.onload = done;
        inner.document.body.append(script);
      });
    }

    postMessage(data) {
      this.inner.then(inner => inner.dispatchEvent(new MessageEvent("message", {data})));
    }
  };
}
