package io.katydid.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final Order ORDER =
      new Order(
          "locust",
          List.of("-f", "täst.py", "", "--tags", "a b"),
          Map.of("TOKEN", "§".repeat(40_000), "EMPTY", ""),
          Path.of("/tests/ä b"),
          new Limits(List.of(1024L, -1L), 18),
          new Surroundings(Map.of("the variable TZ", "UTC")));

  @Test
  void arrivesAsItWasSent() throws Exception {
    assertEquals(ORDER, Order.of(ORDER.bytes()));
  }

  @Test
  void nothingElseIsAnOrder() throws Exception {
    byte[] bytes = ORDER.bytes();
    for (int length : new int[] {0, 3, 4, 17, bytes.length - 1}) {
      assertThrows(IOException.class, () -> Order.of(Arrays.copyOf(bytes, length)), length + " bytes");
    }
    assertThrows(IOException.class, () -> Order.of(Arrays.copyOf(bytes, bytes.length + 1)));
    assertThrows(IOException.class, () -> Order.of(new byte[] {127, 0, 0, 0, 1, 2, 3, 4}));
    byte[] negative = bytes.clone();
    negative[0] = -1;
    assertThrows(IOException.class, () -> Order.of(negative));
  }
}
