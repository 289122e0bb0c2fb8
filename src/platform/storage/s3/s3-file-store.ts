import { createReadStream } from "node:fs";
import { unlink } from "node:fs/promises";
import { Readable } from "node:stream";
import type * as S3 from "@aws-sdk/client-s3";
import { checkKey, checkPrefix } from "../file-key.ts";
import type { FileFacts, FileStore } from "../file-store.ts";
import { fileNotFound } from "../storage-errors.ts";
import { inParts } from "./in-parts.ts";
import { isMissing, storageUnavailable } from "./s3-errors.ts";

export interface S3Settings {
  /** For anything but Amazon's own, for example `http://minio:9000`; addressed path-style. */
  readonly endpoint?: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

type S3Sdk = typeof S3;

/** A file is sent in pieces of this size: one piece is one plain put, more are a multipart upload (10,000 at most). */
const PART_BYTES = 16 * 2 ** 20;

/** Files in a bucket of an S3-compatible server, under names that are their keys. The bucket holds nothing else. */
export class S3FileStore implements FileStore {
  readonly #sdk: S3Sdk;
  readonly #client: S3.S3Client;
  readonly #bucket: string;

  /**
   * Loads the SDK (here, not before) and proves that the bucket answers.
   * @throws QuatrainError `storage_unavailable` (503) naming bucket and endpoint
   */
  static async open({ endpoint, bucket, region, accessKey, secretKey }: S3Settings): Promise<S3FileStore> {
    const sdk = await import("@aws-sdk/client-s3");
    const client = new sdk.S3Client({
      endpoint,
      region,
      forcePathStyle: endpoint !== undefined,
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
      // the default adds a checksum trailer that some servers store as content
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    });
    const store = new S3FileStore(sdk, client, bucket);
    await store.#tell(client.send(new sdk.HeadBucketCommand({ Bucket: bucket })), null);
    return store;
  }

  private constructor(sdk: S3Sdk, client: S3.S3Client, bucket: string) {
    this.#sdk = sdk;
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(key: string, content: Uint8Array | Readable): Promise<FileFacts> {
    checkKey(key);
    const parts = content instanceof Uint8Array ? null : inParts(content, PART_BYTES);
    const first = parts ? await parts.next() : { value: content as Uint8Array };
    const second = parts ? await parts.next() : { done: true, value: undefined };
    if (parts && !second.done) await this.#putParts(key, [first.value, second.value], parts);
    else await this.#putWhole(key, first.value ?? new Uint8Array());
    const facts = await this.stat(key);
    if (!facts) throw fileNotFound(key); // deleted by somebody else in this moment
    return facts;
  }

  async adopt(key: string, temporaryPath: string): Promise<FileFacts> {
    const facts = await this.put(key, createReadStream(temporaryPath));
    await unlink(temporaryPath);
    return facts;
  }

  async read(key: string): Promise<Buffer> {
    const body = await this.#get(key);
    return Buffer.from(await this.#tell(body.transformToByteArray(), key));
  }

  async open(key: string): Promise<Readable> {
    const body = await this.#get(key);
    if (body instanceof Readable) return body;
    throw new Error("the S3 SDK yields no Node stream here");
  }

  async stat(key: string): Promise<FileFacts | null> {
    const command = new this.#sdk.HeadObjectCommand({ Bucket: this.#bucket, Key: checkKey(key) });
    const head = await this.#tell(
      this.#client.send(command).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      }),
      key,
    );
    return head
      ? { key, bytes: head.ContentLength ?? 0, modifiedAt: head.LastModified?.getTime() ?? 0 }
      : null;
  }

  async *list(prefix: string): AsyncGenerator<FileFacts> {
    const Prefix = checkPrefix(prefix) === "" ? undefined : `${prefix}/`;
    let ContinuationToken: string | undefined;
    do {
      const command = new this.#sdk.ListObjectsV2Command({ Bucket: this.#bucket, Prefix, ContinuationToken });
      const page = await this.#tell(this.#client.send(command), null);
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key) yield { key: Key, bytes: Size ?? 0, modifiedAt: LastModified?.getTime() ?? 0 };
      }
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (ContinuationToken);
  }

  localPath(): null {
    return null;
  }

  async delete(key: string): Promise<boolean> {
    if (!(await this.stat(key))) return false;
    await this.#tell(
      this.#client.send(new this.#sdk.DeleteObjectCommand({ Bucket: this.#bucket, Key: key })),
      key,
    );
    return true;
  }

  /** Ends its connections. */
  close(): void {
    this.#client.destroy();
  }

  async #putWhole(key: string, body: Uint8Array): Promise<void> {
    const command = new this.#sdk.PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Body: body,
      ContentLength: body.byteLength,
    });
    await this.#tell(this.#client.send(command), key);
  }

  async #putParts(
    key: string,
    first: readonly Uint8Array[],
    rest: AsyncGenerator<Uint8Array>,
  ): Promise<void> {
    const target = { Bucket: this.#bucket, Key: key };
    const { UploadId } = await this.#tell(
      this.#client.send(new this.#sdk.CreateMultipartUploadCommand(target)),
      key,
    );
    const upload = { ...target, UploadId };
    const sent: S3.CompletedPart[] = [];
    const send = async (Body: Uint8Array) => {
      const PartNumber = sent.length + 1;
      const command = new this.#sdk.UploadPartCommand({ ...upload, PartNumber, Body });
      const { ETag } = await this.#tell(this.#client.send(command), key);
      sent.push({ PartNumber, ETag });
    };
    try {
      for (const part of first) await send(part);
      for await (const part of rest) await send(part);
      const complete = { ...upload, MultipartUpload: { Parts: sent } };
      await this.#tell(this.#client.send(new this.#sdk.CompleteMultipartUploadCommand(complete)), key);
    } catch (error) {
      // what cannot be aborted now is left to the bucket's lifecycle rule; the caller's error matters more
      await this.#client.send(new this.#sdk.AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
  }

  async #get(key: string) {
    const command = new this.#sdk.GetObjectCommand({ Bucket: this.#bucket, Key: checkKey(key) });
    const { Body } = await this.#tell(this.#client.send(command), key);
    if (!Body) throw fileNotFound(key);
    return Body;
  }

  /** Turns the SDK's errors into ours. */
  async #tell<Output>(request: Promise<Output>, key: string | null): Promise<Output> {
    try {
      return await request;
    } catch (error) {
      if (key !== null && isMissing(error)) throw fileNotFound(key);
      throw storageUnavailable(this.#bucket, error);
    }
  }
}
