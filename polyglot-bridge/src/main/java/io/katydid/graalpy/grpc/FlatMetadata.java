package io.katydid.graalpy.grpc;

import io.grpc.Metadata;
import java.util.Base64;
import java.util.Set;

/** Metadata as Python hands it over: name and value lines; the values of `-bin` names are in base64. Pure. */
final class FlatMetadata {
  /** What belongs to the protocol; grpcio does not show it either. */
  private static final Set<String> HIDDEN =
      Set.of("content-type", "grpc-encoding", "grpc-accept-encoding", "content-encoding", "grpc-status", "grpc-message",
          "te", "content-length");

  private FlatMetadata() {}

  static Metadata parse(String flat) {
    Metadata metadata = new Metadata();
    if (flat.isEmpty()) {
      return metadata;
    }
    String[] lines = flat.split("\n", -1);
    for (int i = 0; i + 1 < lines.length; i += 2) {
      String name = lines[i];
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        metadata.put(binary(name), Base64.getDecoder().decode(lines[i + 1]));
      } else {
        metadata.put(text(name), lines[i + 1]);
      }
    }
    return metadata;
  }

  static String write(Metadata metadata) {
    StringBuilder flat = new StringBuilder();
    for (String name : metadata.keys()) {
      if (HIDDEN.contains(name) || name.startsWith(":")) {
        continue;
      }
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        for (byte[] value : metadata.getAll(binary(name))) {
          flat.append(name).append('\n').append(Base64.getEncoder().encodeToString(value)).append('\n');
        }
      } else {
        for (String value : metadata.getAll(text(name))) {
          flat.append(name).append('\n').append(value).append('\n');
        }
      }
    }
    return flat.toString();
  }

  private static Metadata.Key<byte[]> binary(String name) {
    return Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
  }

  private static Metadata.Key<String> text(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
