package fr.opendamir.disclosure;

import fr.opendamir.catalog.Dimension;

/** One step of the generalisation order: which dimension gives up detail, and how much of it. */
public record GeneralisationStep(Dimension dimension, Target to) {

  /** What a code is replaced by. */
  public enum Target {
    /** The coarser level of the dimension, written {@code G:<group>}. */
    GROUP,
    /** The reserved code {@code ND}. */
    ND
  }

  public GeneralisationStep {
    if (to == Target.GROUP && dimension != Dimension.SERVICE && dimension != Dimension.EXEMPTION) {
      throw new IllegalArgumentException(dimension.id() + " has no coarser level to generalise to");
    }
  }
}
