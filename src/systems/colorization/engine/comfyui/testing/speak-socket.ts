import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const [TEXT, BINARY, CLOSE] = [0x81, 0x82, 0x88];

/** The server's end of a WebSocket that only speaks. */
export interface SpeakingSocket {
  sendText(text: string): void;
  sendBytes(bytes: Uint8Array): void;
  /** Closes it in order. */
  close(): void;
  /** Cuts the connection. */
  drop(): void;
}

/** Answers an upgrade. Source: RFC 6455, sections 4.2.2 and 5.2. */
export function acceptSocket(request: IncomingMessage, connection: Duplex): SpeakingSocket {
  const key = request.headers["sec-websocket-key"] ?? "";
  const accept = createHash("sha1").update(`${key}${GUID}`).digest("base64");
  connection.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  connection.on("error", () => undefined);
  // the client speaks only to close
  connection.on("data", () => undefined);
  const send = (kind: number, payload: Uint8Array) => {
    if (connection.writable) connection.write(Buffer.concat([header(kind, payload.length), payload]));
  };
  return {
    sendText: (text) => send(TEXT, Buffer.from(text)),
    sendBytes: (bytes) => send(BINARY, bytes),
    close: () => {
      send(CLOSE, Buffer.from([0x03, 0xe8]));
      connection.end();
    },
    drop: () => connection.destroy(),
  };
}

function header(kind: number, length: number): Buffer {
  if (length < 126) return Buffer.from([kind, length]);
  const long = Buffer.from([kind, 126, 0, 0]);
  long.writeUInt16BE(length, 2);
  return long;
}
