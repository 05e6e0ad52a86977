package fr.opendamir.access;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;

/** Port: storage of usage. Results may come on any thread. */
public interface UsageStore {
  /** Adds counts to the stored ones; all or nothing. */
  Uni<Void> add(List<UsageCount> counts);

  /** Usage of the days from the first to the last, both included, in order. */
  Uni<List<UsageCount>> list(LocalDate first, LocalDate last);
}
