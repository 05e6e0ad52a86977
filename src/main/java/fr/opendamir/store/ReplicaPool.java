package fr.opendamir.store;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import jakarta.inject.Singleton;

/** Connections to figures at a replica. */
@Singleton
@ReactiveDataSource("replica")
class ReplicaPool extends ImpatientPool {}
