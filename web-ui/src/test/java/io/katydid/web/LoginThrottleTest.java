package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who guesses is slowed down; who knows the password gets in from elsewhere. */
class LoginThrottleTest {
  private long now;
  private final LoginThrottle throttle = new LoginThrottle(() -> now);

  private int guesses(String address, int wanted) {
    int looked = 0;
    for (int i = 0; i < wanted; i++) {
      if (throttle.mayTry(address)) {
        throttle.failed(address);
        looked++;
      }
    }
    return looked;
  }

  @Test
  void oneAddressHasTenTriesAndLocksOutNobodyElse() {
    assertTrue(guesses("10.0.0.1", 5000) == 10);
    assertTrue(throttle.mayTry("10.0.0.2"));
    now += TimeUnit.MINUTES.toNanos(5) + 1;
    assertTrue(throttle.mayTry("10.0.0.1"));
  }

  @Test
  void manyGuessersHaveOneTryEachAndTheHonestUserGetsIn() {
    for (int i = 0; i < 20; i++) {
      guesses("10.0.1." + i, 100);
    }
    assertTrue(throttle.mayTry("10.0.0.2"), "200 wrong passwords of others");
    assertTrue(guesses("10.0.2.1", 100) == 1);
    assertTrue(throttle.mayTry("10.0.0.2"));
  }

  @Test
  void theAddressesOfOneIpv6NetworkAreOneGuesser() {
    for (int i = 0; i < 10; i++) {
      guesses("2001:db8:0:1::" + i, 1);
    }
    assertFalse(throttle.mayTry("2001:db8:0:1:ffff::77"));
    assertTrue(throttle.mayTry("2001:db8:0:2::1"));
  }
}
