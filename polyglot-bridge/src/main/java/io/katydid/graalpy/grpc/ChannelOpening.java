package io.katydid.graalpy.grpc;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.SslSocketFactoryChannelCredentials;
import io.katydid.http.TlsContexts;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Makes channels of what Python has: a target, PEM texts and grpcio's options. What the server sends is handed over on the
 * thread that reads it, because nothing is done there but keeping it. Pure.
 */
public final class ChannelOpening {
  private static final int MAX_RECEIVE_BYTES = 4 << 20;

  /** gRPC logs a stack for each name that does not resolve; the calls say it. Kept, because the JDK forgets loggers. */
  private static final Logger CHANNELS = Logger.getLogger("io.grpc.internal.ManagedChannelImpl");

  static {
    CHANNELS.setFilter(said -> !String.valueOf(said.getMessage()).contains("Failed to resolve name"));
  }

  private ChannelOpening() {}

  /** Waits for nobody: the server is looked for when the first call begins. */
  public static ManagedChannel open(String target, boolean secure, String authorities, String chain, String key,
      Map<String, Object> options) throws GeneralSecurityException, IOException {
    OkHttpChannelBuilder builder = OkHttpChannelBuilder.forTarget(
        target,
        secure
            ? SslSocketFactoryChannelCredentials.create(
                TlsContexts.ofTexts(authorities, chain, key).getSocketFactory())
            : InsecureChannelCredentials.create());
    builder.directExecutor();
    builder.maxInboundMessageSize(size(options.get("grpc.max_receive_message_length"), MAX_RECEIVE_BYTES));
    // Java would send a call again whose connection has broken before anything came back, although the server may have had
    // it: such a call has failed.
    if (options.containsKey("grpc.service_config")) {
      builder.enableRetry();
    } else {
      builder.disableRetry();
    }
    options.forEach((name, value) -> apply(builder, name, value));
    return builder.build();
  }

  /** A number of bytes; -1 is any. */
  static int size(Object value, int usual) {
    if (!(value instanceof Number number)) {
      return usual;
    }
    return number.longValue() < 0 ? Integer.MAX_VALUE : (int) Math.min(number.longValue(), Integer.MAX_VALUE);
  }

  public static int maxSendBytes(Map<String, Object> options) {
    return options.get("grpc.max_send_message_length") instanceof Number number ? number.intValue() : -1;
  }

  private static void apply(OkHttpChannelBuilder builder, String name, Object value) {
    switch (name) {
      case "grpc.keepalive_time_ms" -> builder.keepAliveTime(millis(value), TimeUnit.MILLISECONDS);
      case "grpc.keepalive_timeout_ms" -> builder.keepAliveTimeout(millis(value), TimeUnit.MILLISECONDS);
      case "grpc.keepalive_permit_without_calls" -> builder.keepAliveWithoutCalls(on(value));
      case "grpc.client_idle_timeout_ms" -> builder.idleTimeout(millis(value), TimeUnit.MILLISECONDS);
      case "grpc.max_metadata_size" -> builder.maxInboundMetadataSize((int) Math.max(1, millis(value)));
      case "grpc.default_authority", "grpc.ssl_target_name_override" -> builder.overrideAuthority(String.valueOf(value));
      case "grpc.primary_user_agent" -> builder.userAgent(String.valueOf(value));
      case "grpc.lb_policy_name" -> builder.defaultLoadBalancingPolicy(String.valueOf(value));
      case "grpc.enable_retries" -> {
        if (on(value)) {
          builder.enableRetry();
        } else {
          builder.disableRetry();
        }
      }
      case "grpc.service_config" -> builder.defaultServiceConfig(config(value));
      default -> {
        // As with grpcio, an option that nobody knows means nothing.
      }
    }
  }

  private static long millis(Object value) {
    return value instanceof Number number ? Math.max(1, Math.min(number.longValue(), Integer.MAX_VALUE)) : 1;
  }

  private static boolean on(Object value) {
    return value instanceof Number number ? number.longValue() != 0 : Boolean.TRUE.equals(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> config(Object value) {
    return (Map<String, ?>) ServiceConfig.withDoubles(value);
  }
}
