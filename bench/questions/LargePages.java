import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The most memory an answer takes: uncached pages of 10,000 rows in all formats, by many clients at
 * once.
 *
 * <p>Arguments: port of the service, clients, pages at most, seconds at most.
 */
final class LargePages {
  private static final List<String> FORMATS = List.of("json", "csv", "ndjson", "json-stat");
  private static final List<String> GROUPINGS =
      List.of(
          "month,region,age_band,sex,service_group",
          "month,region,service",
          "region,age_band,sex,provider_specialty");

  /** What is kept of a page: its bytes would take the memory of the machine that is measured. */
  private record Page(int status, int bytes, double millis) {}

  private LargePages() {}

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int clients = Integer.parseInt(arguments[1]);
    int pages = Integer.parseInt(arguments[2]);
    long end = System.nanoTime() + (long) (Double.parseDouble(arguments[3]) * 1e9);
    AtomicInteger next = new AtomicInteger();
    List<Page> answered = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        work.add(
            () -> {
              try (HttpConnection connection = new HttpConnection(port)) {
                for (int i = next.getAndIncrement();
                    i < pages && System.nanoTime() < end;
                    i = next.getAndIncrement()) {
                  HttpConnection.Answer answer = connection.get(path(i));
                  synchronized (answered) {
                    answered.add(new Page(answer.status(), answer.body().length, answer.millis()));
                  }
                }
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    report(clients, answered);
  }

  /**
   * Every amount is above the bound, so that each number makes another question of as many rows.
   */
  private static String path(int number) {
    return "/v1/aggregates?group_by="
        + GROUPINGS.get(number / FORMATS.size() % GROUPINGS.size())
        + "&measures=reimbursed,charged,quantity,excess_fees&limit=10000&having=reimbursed:ge:-"
        + (200_000_000_000L + number)
        + "&format="
        + FORMATS.get(number % FORMATS.size());
  }

  private static void report(int clients, List<Page> answered) {
    Latencies latencies = new Latencies();
    long bytes = 0;
    int refused = 0;
    for (Page page : answered) {
      if (page.status() == 200) {
        latencies.add(page.millis());
        bytes += page.bytes();
      } else {
        refused++;
      }
    }
    Latencies.report(
        "%d clients: %d pages of %.2f MB on average, p50 %.0f ms, p95 %.0f ms, %d not answered",
        clients,
        latencies.count(),
        bytes / 1e6 / Math.max(latencies.count(), 1),
        latencies.p50(),
        latencies.p95(),
        refused);
  }
}
