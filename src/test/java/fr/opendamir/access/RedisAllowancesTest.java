package fr.opendamir.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.opendamir.testing.Eventually;
import fr.opendamir.testing.RedisServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas that share a real Redis. */
class RedisAllowancesTest {
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Vertx vertx;
  private RedisServer server;
  private List<RedisAllowances> replicas;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assumeTrue(RedisServer.isInstalled(), "there is no redis-server on the PATH");
    vertx = Vertx.vertx();
    server = new RedisServer(folder);
    server.start();
    replicas = List.of(replica(), replica());
    for (RedisAllowances replica : replicas) {
      Eventually.isTrue(() -> replica.degradation().isEmpty());
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (vertx != null) {
      replicas.forEach(RedisAllowances::close);
      server.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void theNetworksOfASiteShareAnAllowanceAtAllReplicas() {
    List<String> violated = new ArrayList<>();
    for (int network = 0; network < 6; network++) {
      Caller caller = TestPlans.ofSite("n" + network, plan(60), 2);
      violated.addAll(take(replicas.get(network % 2), caller, 30).violated());
    }
    assertThat(violated).containsExactly("site-burst", "site-burst");
    Caller late = TestPlans.ofSite("late", plan(60), 2);
    assertThat(take(replicas.get(0), late, 1).violated()).containsExactly("site-burst");
    assertThat(burst(replicas.get(1), late).remaining()).as("nothing was taken").isEqualTo(60);
    Caller first = TestPlans.ofSite("n0", plan(60), 2);
    replicas.get(1).refund(first, 30, 20);
    Eventually.isTrue(() -> take(replicas.get(0), late, 10).isGranted());
    assertThat(standing(replicas.get(1), late))
        .extracting(PolicyStanding::name)
        .containsExactly("burst", "daily", "requests", "site-burst", "site-daily", "site-requests");
    assertThat(standing(replicas.get(1), late).get(3).remaining()).isZero();
  }

  @Test
  void twoReplicasTogetherGrantTheAllowance() throws Exception {
    for (long quota : new long[] {60, 1000, 6000}) {
      Caller caller = Caller.ofKey("sum-" + quota, plan(quota));
      long granted = takeFromBoth(caller, quota);
      assertThat(granted).isBetween(quota - quota / 100, quota);
    }
  }

  @Test
  void refundsAreSharedToo() throws Exception {
    Caller caller = Caller.ofKey("refund", plan(60));
    assertThat(take(replicas.get(0), caller, 60).isGranted()).isTrue();
    assertThat(take(replicas.get(1), caller, 1).violated()).containsExactly("burst");
    replicas.get(0).refund(caller, 60, 20);
    Eventually.isTrue(() -> burst(replicas.get(1), caller).remaining() == 40);
    Eventually.isTrue(() -> take(replicas.get(1), caller, 40).isGranted());
    assertThat(burst(replicas.get(0), caller).remaining()).isZero();
  }

  @Test
  void standingsAreThoseOfAllReplicas() {
    Caller caller = Caller.ofKey("standing", plan(60));
    assertThat(burst(replicas.get(1), caller))
        .isEqualTo(new PolicyStanding("burst", 60, 3600, 60, 0));
    Grant grant = take(replicas.get(0), caller, 3);
    assertThat(grant.policies().get(0)).isEqualTo(new PolicyStanding("burst", 60, 3600, 57, 3600));
    assertThat(burst(replicas.get(1), caller).remaining()).isEqualTo(57);
  }

  @Test
  void aPriceAboveTheQuotaTakesAllOfItOnce() {
    Caller caller = Caller.ofKey("dear", plan(60));
    assertThat(take(replicas.get(0), caller, 200).isGranted()).isTrue();
    assertThat(take(replicas.get(1), caller, 200).violated()).containsExactly("burst");
  }

  @Test
  void smallPartsAreLeasedSoThatNotEveryAnswerAsks() {
    Caller caller = Caller.ofKey("lease", plan(6000));
    assertThat(replicas.get(0).takeNow(caller, 1)).isEmpty();
    assertThat(take(replicas.get(0), caller, 1).policies().get(0).remaining()).isEqualTo(5999);
    for (int i = 0; i < 6000 / 256; i++) {
      Optional<Grant> now = replicas.get(0).takeNow(caller, 1);
      assertThat(now).hasValueSatisfying(grant -> assertThat(grant.isGranted()).isTrue());
      assertThat(now.orElseThrow().policies().get(0).remaining()).isEqualTo(5998 - i);
    }
    assertThat(replicas.get(0).takeNow(caller, 1)).isEmpty();
  }

  @Test
  void aRefusalIsRememberedForAMoment() {
    Caller caller = Caller.ofKey("refused", plan(60));
    take(replicas.get(0), caller, 60);
    assertThat(take(replicas.get(0), caller, 1).isGranted()).isFalse();
    Optional<Grant> refused = replicas.get(0).takeNow(caller, 1);
    assertThat(refused)
        .hasValueSatisfying(grant -> assertThat(grant.violated()).containsExactly("burst"));
  }

  @Test
  void withoutRedisEachGoesOnAloneSaysSoAndComesBack() throws Exception {
    Caller caller = Caller.ofKey("killed", plan(60));
    assertThat(take(replicas.get(0), caller, 20).isGranted()).isTrue();
    server.kill();
    assertThat(take(replicas.get(0), caller, 10).isGranted()).isTrue();
    Eventually.isTrue(() -> replicas.get(0).degradation().isPresent());
    assertThat(take(replicas.get(0), caller, 31).violated())
        .as("what was granted before counts")
        .containsExactly("burst");
    assertThat(take(replicas.get(0), caller, 30).isGranted()).isTrue();
    assertThat(replicas.get(0).takeNow(caller, 1)).as("nobody waits").isPresent();
    server.start();
    Eventually.isTrue(() -> replicas.get(0).degradation().isEmpty());
    Eventually.isTrue(() -> replicas.get(1).degradation().isEmpty());
    take(replicas.get(0), caller, 1);
    long daily = standing(replicas.get(1), caller).get(1).remaining();
    assertThat(daily).as("40 without it and 1 after").isEqualTo(59_999_959L);
  }

  @Test
  void aRedisThatIsSlowIsWaitedForOnce() throws Exception {
    Caller caller = Caller.ofKey("slow", plan(100_000));
    take(replicas.get(0), caller, 1000);
    server.freeze();
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(take(replicas.get(0), caller, 500).isGranted()).isTrue();
    }
    // For each of the hundred it would be ten times as long.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(10));
    assertThat(replicas.get(0).degradation()).isPresent();
    server.thaw();
    Eventually.isTrue(() -> replicas.get(0).degradation().isEmpty());
  }

  private long takeFromBoth(Caller caller, long quota) throws Exception {
    AtomicLong granted = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        RedisAllowances replica = replicas.get(t % 2);
        done.add(
            threads.submit(
                () -> {
                  int refused = 0;
                  for (long i = 0; i < 2 * quota && refused < 20; i++) {
                    boolean isGranted = take(replica, caller, 1).isGranted();
                    granted.addAndGet(isGranted ? 1 : 0);
                    refused += isGranted ? 0 : 1;
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    return granted.get();
  }

  private RedisAllowances replica() {
    return new RedisAllowances(
        new SharedWindows(vertx, server.url(), TIMEOUT, RETRY),
        new LocalAllowances(1000, System::nanoTime),
        1000,
        System::nanoTime);
  }

  private static Plan plan(long burst) {
    return new Plan(
        "test",
        new Quota(burst, Duration.ofHours(1)),
        new Quota(60_000_000, Duration.ofDays(1)),
        new Quota(600, Duration.ofMinutes(1)),
        8,
        0);
  }

  private static Grant take(RedisAllowances replica, Caller caller, long units) {
    return replica.take(caller, units).await().atMost(PATIENCE);
  }

  private static PolicyStanding burst(RedisAllowances replica, Caller caller) {
    return standing(replica, caller).get(0);
  }

  private static List<PolicyStanding> standing(RedisAllowances replica, Caller caller) {
    return replica.standing(caller).await().atMost(PATIENCE);
  }
}
