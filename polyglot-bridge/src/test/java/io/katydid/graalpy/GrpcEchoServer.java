package io.katydid.graalpy;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server on a free port of the loopback interface: answers at once, never, or with as much as is asked for. */
final class GrpcEchoServer implements AutoCloseable {
  private final Server server;
  /** Calls of Never that have begun and not ended. */
  final AtomicInteger waiting = new AtomicInteger();
  /** Responses of Flood that the transport has taken. */
  final AtomicInteger sent = new AtomicInteger();

  GrpcEchoServer() throws IOException {
    server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder("test.Java")
                    .addMethod(method("Echo"), this::echo)
                    .addMethod(method("Never"), this::never)
                    .addMethod(method("Flood"), this::flood)
                    .build())
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    MethodDescriptor.Marshaller<byte[]> bytes =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
          }

          @Override
          public byte[] parse(InputStream stream) {
            try {
              return stream.readAllBytes();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    return MethodDescriptor.newBuilder(bytes, bytes)
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName("test.Java/" + name)
        .build();
  }

  private ServerCall.Listener<byte[]> echo(ServerCall<byte[], byte[]> call, Metadata headers) {
    call.sendHeaders(new Metadata());
    call.request(1);
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] message) {
        call.sendMessage(message);
        call.request(1);
      }

      @Override
      public void onHalfClose() {
        call.close(Status.OK, new Metadata());
      }
    };
  }

  private ServerCall.Listener<byte[]> never(ServerCall<byte[], byte[]> call, Metadata headers) {
    waiting.incrementAndGet();
    call.request(1);
    return new ServerCall.Listener<>() {
      @Override
      public void onCancel() {
        waiting.decrementAndGet();
      }
    };
  }

  private ServerCall.Listener<byte[]> flood(ServerCall<byte[], byte[]> call, Metadata headers) {
    call.sendHeaders(new Metadata());
    call.request(1);
    return new ServerCall.Listener<>() {
      @Override
      public void onReady() {
        while (call.isReady()) {
          call.sendMessage(new byte[10_000]);
          sent.incrementAndGet();
        }
      }
    };
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
