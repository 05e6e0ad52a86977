package fr.opendamir.store;

import jakarta.inject.Singleton;

/** Connections to the control tables. */
@Singleton
class ControlPool extends ImpatientPool {}
