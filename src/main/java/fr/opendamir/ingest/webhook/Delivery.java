package fr.opendamir.ingest.webhook;

/**
 * What became of the notice at one address.
 *
 * @param address without path and query
 * @param attempts requests that were sent
 * @param outcome the status or the failure of the last of them
 */
public record Delivery(String address, boolean isDelivered, int attempts, String outcome) {
  /** One line for the operator. */
  public String text() {
    return "webhook %s: %s after %d attempt(s): %s"
        .formatted(address, isDelivered ? "delivered" : "not delivered", attempts, outcome);
  }
}
