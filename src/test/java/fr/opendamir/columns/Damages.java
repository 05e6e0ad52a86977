package fr.opendamir.columns;

import fr.opendamir.query.DamagedSegment;
import fr.opendamir.query.Segment;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Damaged segments that a store has told of. */
final class Damages implements Event<DamagedSegment> {
  final List<Segment> segments = new CopyOnWriteArrayList<>();

  @Override
  public void fire(DamagedSegment event) {
    segments.add(event.segment());
  }

  @Override
  public <U extends DamagedSegment> CompletionStage<U> fireAsync(U event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends DamagedSegment> CompletionStage<U> fireAsync(
      U event, NotificationOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Event<DamagedSegment> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends DamagedSegment> Event<U> select(Class<U> type, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends DamagedSegment> Event<U> select(TypeLiteral<U> type, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
