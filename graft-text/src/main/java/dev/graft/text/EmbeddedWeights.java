package dev.graft.text;

import dev.graft.bundle.EmbeddedFiles;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.result.GraftVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Finds the modules that bring the files of embedded models. */
final class EmbeddedWeights {
    private EmbeddedWeights() {}

    /** On demand, because looking for services takes time at the start. */
    private static final class Found {
        private static final Map<String, EmbeddedFiles> BY_ID = find();

        private static Map<String, EmbeddedFiles> find() {
            Map<String, EmbeddedFiles> found = new LinkedHashMap<>();
            ServiceLoader.load(EmbeddedFiles.class, EmbeddedFiles.class.getClassLoader())
                    .forEach(module -> module.ids().forEach(id -> found.putIfAbsent(id, module)));
            return found;
        }
    }

    /**
     * Reads a file of a model.
     *
     * @throws SettingsException if the module that brings it is not there
     * @throws StorageException if the module is not whole
     */
    static byte[] read(EmbeddedModel model, String file) {
        EmbeddedFiles module = Found.BY_ID.get(model.id());
        if (module == null) {
            throw new SettingsException(Problem.of("The weights of " + model.id() + " are not on the class path.")
                    .where(model.id())
                    .expected("the Maven artifact dev.graft:" + model.artifact())
                    .found("no module that brings them")
                    .fix("add <dependency><groupId>dev.graft</groupId><artifactId>" + model.artifact()
                            + "</artifactId><version>" + GraftVersion.current() + "</version></dependency>"));
        }
        try (InputStream in = module.open(model.id(), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("The weights of " + model.id() + " cannot be read.")
                            .where(file)
                            .found(e)
                            .fix("see whether the jar of dev.graft:" + model.artifact() + " is whole"),
                    e);
        }
    }
}
