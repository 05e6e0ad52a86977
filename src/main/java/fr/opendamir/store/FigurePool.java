package fr.opendamir.store;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import jakarta.inject.Singleton;

/** Connections to figures. */
@Singleton
@ReactiveDataSource("figures")
class FigurePool extends ImpatientPool {}
