package org.jvmpprof.shapes;

import java.util.concurrent.locks.LockSupport;

/** Runs all shapes often enough to be compiled and prints what a user could see of them. */
public final class ShapesProgram {
  private ShapesProgram() {}

  public static void main(String[] args) throws Exception {
    System.out.println(Shapes.all().keySet());
    for (var shape : Shapes.all().entrySet()) {
      Object first = shape.getValue().call();
      for (int i = 0; i < 12_000; i++) {
        if (!shape.getValue().call().equals(first)) {
          throw new IllegalStateException(shape.getKey());
        }
      }
      System.out.println(shape.getKey() + " " + first);
    }
    System.out.println(Exhaustion.run());
    waits();
    parks();
  }

  @SuppressWarnings("WaitNotInLoop")
  private static void waits() throws Exception {
    Object lock = new Object();
    try {
      lock.wait();
    } catch (IllegalMonitorStateException e) {
      print(e);
    }
    synchronized (lock) {
      lock.wait(1);
      lock.wait(1, 1);
      Thread.currentThread().interrupt();
      try {
        lock.wait();
      } catch (InterruptedException e) {
        print(e);
      }
    }
  }

  private static void parks() throws Exception {
    Thread parking = new Thread(LockSupport::park);
    parking.start();
    LockSupport.unpark(parking);
    LockSupport.unpark(null);
    parking.join();
    LockSupport.parkNanos("blocker", 1);
    LockSupport.parkUntil("blocker", 1);
    LockSupport.parkNanos(1);
    LockSupport.parkUntil(1);
    System.out.println("parked " + LockSupport.getBlocker(Thread.currentThread()));
  }

  private static void print(Exception e) {
    System.out.println(e);
    for (StackTraceElement frame : e.getStackTrace()) {
      System.out.println("  " + frame);
    }
  }
}
