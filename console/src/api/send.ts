/**
 * `fetch` for forms with files, which tells how much of the body has been sent; the browser's own does not.
 *
 * @throws TypeError where the server cannot be reached, as `fetch` does; the signal's reason where it is aborted
 */
export function sendingWithProgress(onProgress: (share: number) => void): typeof fetch {
  return (url, init = {}) =>
    new Promise<Response>((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init.method ?? "GET", String(url));
      request.responseType = "blob";
      for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onload = () => resolve(responseOf(request));
      request.onerror = () => reject(new TypeError("The server could not be reached"));
      request.onabort = () => reject(init.signal?.reason ?? new DOMException("Aborted", "AbortError"));
      init.signal?.addEventListener("abort", () => request.abort());
      request.send(init.body as XMLHttpRequestBodyInit | null);
    });
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)) {
    const at = line.indexOf(":");
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  const hasBody = request.status !== 204;
  return new Response(hasBody ? (request.response as Blob) : null, {
    status: request.status,
    statusText: request.statusText,
    headers,
  });
}
