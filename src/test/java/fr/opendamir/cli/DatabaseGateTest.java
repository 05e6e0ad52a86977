package fr.opendamir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DatabaseGateTest {
  @Test
  void theServerListensOnceTheWorkIsDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean isDone = new AtomicBoolean();
    var unused =
        DatabaseGate.close(
            () -> {
              begun.countDown();
              await(mayEnd);
              isDone.set(true);
            });
    assertThat(begun.await(5, TimeUnit.SECONDS)).as("nobody has to wait for it").isTrue();

    CompletableFuture<Boolean> listening =
        CompletableFuture.supplyAsync(
            () -> {
              new DatabaseGate.Opening().await(null);
              return isDone.get();
            });
    assertThat(listening).isNotDone();
    mayEnd.countDown();
    assertThat(listening.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatFailsIsThrownWhereQuarkusAndTheCommandWait() {
    IllegalStateException failure = new IllegalStateException("no database");
    DatabaseGate gate =
        DatabaseGate.close(
            () -> {
              throw failure;
            });
    assertThatThrownBy(() -> new DatabaseGate.Opening().await(null)).isSameAs(failure);
    assertThatThrownBy(gate::await).isSameAs(failure);
    gate.awaitEnd();
  }

  private static void await(CountDownLatch latch) {
    try {
      var unused = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
