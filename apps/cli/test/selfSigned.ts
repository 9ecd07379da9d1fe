/** A certificate that signed itself, written by hand: what makes them elsewhere is not on every machine. X.509 in DER. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

const tlv = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

const sequence = (...parts: ReadonlyArray<Uint8Array>): Buffer => tlv(0x30, ...parts);
const text = (value: string): Buffer => tlv(0x0c, Buffer.from(value));
const time = (date: Date): Buffer => tlv(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, "")));

const oids = {
  organization: "060355040a",
  commonName: "0603550403",
  ecdsaWithSha256: "06082a8648ce3d040302",
  subjectAltName: "0603551d11",
} as const;
const oid = (name: keyof typeof oids): Buffer => Buffer.from(oids[name], "hex");

const nameOf = (organization: string, commonName: string): Buffer =>
  sequence(
    tlv(0x31, sequence(oid("organization"), text(organization))),
    tlv(0x31, sequence(oid("commonName"), text(commonName))),
  );

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`;

export interface SelfSigned {
  readonly key: string;
  readonly certificate: string;
}

/** For `localhost`, valid from a day ago on for so many days from now. */
export const selfSigned = (days: number, now = Date.now()): SelfSigned => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const dayMs = 86_400_000;
  const name = nameOf("Test Authority", "localhost");
  const algorithm = sequence(oid("ecdsaWithSha256"));
  const alternative = sequence(oid("subjectAltName"), tlv(0x04, sequence(tlv(0x82, Buffer.from("localhost")))));
  const unsigned = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(new Date(now - dayMs)), time(new Date(now + days * dayMs))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(alternative)),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign("sha256", unsigned, privateKey));
  return { key: pemOf(privateKey), certificate: pem(sequence(unsigned, algorithm, signature)) };
};

const pemOf = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();
