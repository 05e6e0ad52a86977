package fr.opendamir.access;

import java.util.List;
import java.util.Optional;

/**
 * The client that is charged.
 *
 * @param bucket whose allowance it is: a hash of the network, or the id of the key; never an
 *     address
 * @param site charged as well, with a larger allowance: the /48 around an IPv6 network
 */
public record Caller(String bucket, Plan plan, Optional<String> keyId, Optional<Caller> site) {
  /** A caller with a key. */
  public static Caller ofKey(String keyId, Plan plan) {
    return new Caller("k:" + keyId, plan, Optional.of(keyId), Optional.empty());
  }

  /** A caller without a key. */
  static Caller ofNetwork(String hash, Plan plan) {
    return new Caller("a:" + hash, plan, Optional.empty(), Optional.empty());
  }

  /** The same within a site. */
  Caller within(String siteHash, Plan sitePlan) {
    return new Caller(
        bucket,
        plan,
        keyId,
        Optional.of(new Caller("s:" + siteHash, sitePlan, Optional.empty(), Optional.empty())));
  }

  /** The same caller, as the owner of its allowance of files. */
  public Caller ofFiles() {
    return new Caller("f:" + bucket, plan.ofFiles(), keyId, site.map(Caller::ofFiles));
  }

  /** All that are charged: the caller, and its site where it has one. */
  List<Caller> charged() {
    return site.map(wider -> List.of(this, wider)).orElseGet(() -> List.of(this));
  }
}
