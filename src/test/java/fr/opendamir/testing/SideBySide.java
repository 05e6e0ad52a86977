package fr.opendamir.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Work on things that do not depend on each other, on as many threads as there are processors. What
 * it finds does not depend on how many there are.
 */
public final class SideBySide {
  private static final long LONGEST_END_SECONDS = 60;

  private SideBySide() {}

  /** Makes something of a thing; may fail in any way. */
  @FunctionalInterface
  public interface Task<T, R> {
    R of(T thing) throws Exception;
  }

  /** Looks at a thing; may fail in any way. */
  @FunctionalInterface
  public interface Check<T> {
    void of(T thing) throws Exception;
  }

  /** Checks things: fails as {@link #results} does. */
  public static <T> void check(List<T> things, Check<T> check) {
    var unused =
        results(
            things,
            thing -> {
              check.of(thing);
              return true;
            });
  }

  /**
   * What becomes of each thing, in the order of the things.
   *
   * @throws AssertionError when a task fails: of those that fail the first in this order, which is
   *     named
   */
  public static <T, R> List<R> results(List<T> things, Task<T, R> task) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<R>> begun = new ArrayList<>();
      for (T thing : things) {
        begun.add(threads.submit(() -> task.of(thing)));
      }
      List<R> results = new ArrayList<>();
      for (int i = 0; i < things.size(); i++) {
        results.add(result(begun.get(i), things.get(i)));
      }
      return results;
    } finally {
      end(threads);
    }
  }

  private static <R> R result(Future<R> begun, Object thing) {
    try {
      return begun.get();
    } catch (ExecutionException e) {
      throw new AssertionError(thing + ": " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + thing, e);
    }
  }

  /** Nothing goes on behind the back of the next test. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("something does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
