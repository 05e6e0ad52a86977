package fr.opendamir.access;

import fr.opendamir.api.http.LimitHeaders;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** What limits cost a cached answer: one caller known by address, one request, one unit, headers. */
final class TakeCost {
  private static final int ROUNDS = 6;
  private static final int COUNT = 2_000_000;

  private static long sink;

  private TakeCost() {}

  public static void main(String[] arguments) {
    Quota much = new Quota(1_000_000_000_000L, Duration.ofDays(1));
    Plan plan = new Plan("bench", much, much, much, 8, 0);
    Callers callers =
        new Callers(
            plan,
            plan,
            new TrustedProxies(List.of("10.0.0.0/8"), ForwardingHeader.X_FORWARDED_FOR),
            new AddressHash(Optional.empty()));
    LocalAllowances local = new LocalAllowances(100_000, System::nanoTime);
    Caller caller = Caller.ofKey("bench", plan);
    for (int round = 0; round < ROUNDS; round++) {
      measure(
          "caller ",
          i -> sink += callers.anonymous("203.0.113.9", n -> List.of()).bucket().length());
      measure("request", i -> sink += local.takeRequest(caller).policies().size());
      measure("take   ", i -> sink += local.takeNow(caller, 1).orElseThrow().policies().size());
      Grant grant = local.takeHere(caller, 1);
      measure(
          "headers",
          i -> {
            MultiMap headers = MultiMap.caseInsensitiveMultiMap();
            LimitHeaders.write(headers, grant);
            sink += headers.size();
          });
    }
  }

  private static void measure(String name, IntConsumer work) {
    long start = System.nanoTime();
    for (int i = 0; i < COUNT; i++) {
      work.accept(i);
    }
    System.out.println(name + " " + (System.nanoTime() - start) / COUNT + " ns");
  }
}
