package dev.graft.serve;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The models of a server by name, which are the same from its start to its end. */
final class Models implements AutoCloseable {
    private final Map<String, ServedModel> byName = new LinkedHashMap<>();

    Models(List<ServedModel> models) {
        models.forEach(model -> byName.put(model.name(), model));
    }

    /**
     * The model of a name, which is only compared with the names that there are.
     *
     * @throws Refusal if there is none
     */
    ServedModel get(String name) {
        ServedModel model = byName.get(name);
        if (model == null) {
            throw LoadedModel.unknown(name, byName.keySet());
        }
        return model;
    }

    Collection<ServedModel> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    @Override
    public void close() {
        byName.values().forEach(ServedModel::close);
    }
}
