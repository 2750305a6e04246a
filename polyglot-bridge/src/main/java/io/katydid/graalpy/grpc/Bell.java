package io.katydid.graalpy.grpc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Wakes the threads that wait for something to change. Rung by gRPC's threads; waited for by those that are in Python. */
public final class Bell {
  private final Set<Thread> listening = ConcurrentHashMap.newKeySet(1);

  /** The calling thread is woken from now on, also if the bell rings before it sleeps. */
  public void listen() {
    listening.add(Thread.currentThread());
  }

  public void stopListening() {
    listening.remove(Thread.currentThread());
  }

  void ring() {
    listening.forEach(LockSupport::unpark);
  }
}
