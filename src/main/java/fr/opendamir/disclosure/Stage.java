package fr.opendamir.disclosure;

/** The two runs of the safe-block algorithm over a month, in their order. */
public enum Stage {
  /** Makes blocks of the atoms, with all their amounts. */
  BLOCKS,
  /** Makes blocks of the layers that were taken out of blocks, of each layer by itself. */
  PIECES
}
