package fr.opendamir.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A population by whose structure of age and sex rates are standardised. */
public enum StandardPopulation {
  /** The 13 regions of Open DAMIR, mean of 2023. */
  FR2023,
  /** The European standard population of 2013, the same for both sexes. */
  ESP2013;

  /** The public identifier. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<StandardPopulation> find(String id) {
    return Arrays.stream(values()).filter(one -> one.name().equalsIgnoreCase(id)).findFirst();
  }
}
