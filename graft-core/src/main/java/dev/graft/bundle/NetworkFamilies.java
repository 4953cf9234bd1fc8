package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** The families of networks on the class path. */
final class NetworkFamilies {
    private NetworkFamilies() {}

    /** On demand, because most uses never ask: looking for services takes time at the start. */
    private static final class Found {
        private static final List<NetworkFamily> ALL =
                ServiceLoader.load(NetworkFamily.class, NetworkFamily.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
    }

    static List<NetworkFamily> all() {
        return Found.ALL;
    }

    /** The first answer that a family gives. */
    static <T> Optional<T> first(Function<NetworkFamily, Optional<T>> question) {
        return Found.ALL.stream().map(question).flatMap(Optional::stream).findFirst();
    }

    static Optional<Described> describe(Architecture architecture) {
        return first(family -> family.describe(architecture).map(made -> new Described(family.name(), made)));
    }

    /** A network's family and its description there. */
    record Described(String family, NetworkFamily.Description description) {}
}
